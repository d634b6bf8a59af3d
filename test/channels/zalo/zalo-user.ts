import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivered } from './oa-server/deliveries.ts';
import type { OaServer } from './oa-server/oa-server.ts';
import { Person, type Shown } from './oa-server/person.ts';

/** Somebody who uses Zalo: what they do becomes events, what they see is the chat. */
export class ZaloUser {
  readonly person: Person;
  readonly #server: OaServer;
  /** What they did, oldest first. */
  readonly did: Delivered[] = [];
  /** How long they wait for anything, in milliseconds. */
  patience = 10_000;

  constructor(server: OaServer) {
    this.#server = server;
    this.person = new Person(server.now());
    server.people.set(this.person.id, this.person);
  }

  /** An event of Zalo about this person. */
  tells(event: Record<string, unknown>): void {
    this.person.lastInteraction = this.#server.now();
    const { appId } = this.#server;
    this.did.push(
      this.#server.events.send({ app_id: appId, user_id_by_app: this.person.idByApp, ...event }),
    );
  }

  /** A message with these fields of `message`. */
  sends(kind: string, message: Record<string, unknown>): void {
    this.tells({
      sender: { id: this.person.id },
      recipient: { id: this.#server.oaId },
      event_name: `user_send_${kind}`,
      message: { msg_id: randomBytes(10).toString('hex'), ...message },
    });
  }

  starts(): void {
    this.person.follows = true;
    const follower = { id: this.person.id };
    this.tells({ event_name: 'follow', oa_id: this.#server.oaId, follower, source: 'oa_profile' });
  }

  writes(text: string): void {
    this.sends('text', { text });
  }

  sendsPhoto(bytes: Uint8Array, caption?: string, size = bytes.length): void {
    const url = this.#server.keepFile(bytes, { size });
    this.sends('image', {
      ...(caption === undefined ? {} : { text: caption }),
      attachments: [{ type: 'image', payload: { thumbnail: url, url } }],
    });
  }

  sendsFile(name: string, bytes: Uint8Array): void {
    // Zalo sends a picture that is sent as a file as a file.
    const url = this.#server.keepFile(bytes);
    const payload = { url, name, size: String(bytes.length), checksum: 'x', type: 'xml' };
    this.sends('file', { attachments: [{ type: 'file', payload }] });
  }

  /** Presses the newest button with this label, once it is there. */
  async presses(label: string): Promise<void> {
    const has = (shown: Shown) => shown.buttons.some(({ title }) => title === label);
    const shown = await this.waitsFor(has, `a button "${label}"`);
    const button = shown.buttons.find(({ title }) => title === label);
    this.writes(button?.payload ?? '');
  }

  async hears(text: string): Promise<Shown> {
    return this.waitsFor((one) => one.text.includes(text), `"${text}"`);
  }

  /** The newest message of the account that fits, once there is one. */
  async waitsFor(fits: (shown: Shown) => boolean, what: string): Promise<Shown> {
    const until = performance.now() + this.patience;
    for (;;) {
      const found = this.person.messages.findLast(fits);
      if (found) return found;
      if (performance.now() > until) {
        const heard = this.person.messages.map(({ text }) => text).join(' | ');
        throw new Error(`never got ${what}; heard: ${heard}`);
      }
      await sleep(20);
    }
  }
}
