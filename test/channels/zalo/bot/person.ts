import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BotPlatform } from './server/bot-platform.ts';
import { Chat, type Shown } from './server/chat.ts';
import type { Update } from './server/updates.ts';

/** Somebody who uses Zalo: what they do becomes updates, what they see is the chat. */
export class Person {
  readonly chat: Chat;
  readonly #platform: BotPlatform;
  /** What they did, oldest first. */
  readonly did: Update[] = [];
  /** How long they wait for anything, in milliseconds. */
  patience = 8_000;

  constructor(platform: BotPlatform, type: Chat['type'] = 'PRIVATE') {
    this.chat = new Chat(randomBytes(10).toString('hex'), type);
    this.#platform = platform;
    platform.chats.set(this.chat.id, this.chat);
  }

  /** Sends a message of this kind with these fields. */
  sends(kind: string, fields: Record<string, unknown>): void {
    this.chat.messages.push({ by: 'person', text: String(fields.text ?? ''), photo: null });
    const from = { id: this.chat.id, display_name: 'Minh', is_bot: false };
    const message = {
      from,
      chat: { id: this.chat.id, chat_type: this.chat.type },
      message_id: randomBytes(10).toString('hex'),
      date: Date.now(),
      ...fields,
    };
    this.did.push(this.#platform.updates.add({ event_name: `message.${kind}.received`, message }));
  }

  writes(text: string): void {
    this.sends('text', { text });
  }

  sendsPhoto(bytes: Uint8Array, length = bytes.length): void {
    this.sends('image', { photo_url: this.#platform.keepPhoto(bytes, length) });
  }

  /** Zalo does not hand files over; it says only that there was something. */
  sendsFile(): void {
    this.sends('unsupported', {});
  }

  /** Types the number that stands before this choice in the newest message that offers it. */
  async picks(label: string): Promise<void> {
    const shown = await this.waitsFor((one) => numberOf(one, label) !== null, `"${label}"`);
    this.writes(numberOf(shown, label) ?? '');
  }

  /**
   * Uploads files by the newest link that the bot gave.
   * @param base where the public address really is
   */
  async uploads(base: string, files: readonly { name: string; bytes: Uint8Array; mime: string }[]) {
    const shown = await this.waitsFor(({ text }) => linkIn(text) !== null, 'a link');
    const form = new FormData();
    for (const { name, bytes, mime } of files) {
      form.append('files', new Blob([new Uint8Array(bytes)], { type: mime }), name);
    }
    const token = linkIn(shown.text) ?? '';
    return fetch(`${base}/api/upload/${token}`, { method: 'POST', body: form });
  }

  /** What the bot has said. */
  get heard(): Shown[] {
    return this.chat.messages.filter((one) => one.by === 'bot');
  }

  async hears(text: string): Promise<Shown> {
    return this.waitsFor((one) => one.text.includes(text), `"${text}"`);
  }

  /** The newest message of the bot that fits, once there is one. */
  async waitsFor(fits: (shown: Shown) => boolean, what: string): Promise<Shown> {
    const until = performance.now() + this.patience;
    for (;;) {
      const found = this.heard.findLast(fits);
      if (found) return found;
      if (performance.now() > until) {
        const heard = this.heard.map(({ text }) => text).join(' | ');
        throw new Error(`never got ${what}; heard: ${heard}`);
      }
      await sleep(20);
    }
  }
}

function numberOf({ text }: Shown, label: string): string | null {
  const line = text.split('\n').find((one) => one.replace(/^\d+\. /, '') === label);
  return /^(\d+)\. /.exec(line ?? '')?.[1] ?? null;
}

/** The token of the upload link in a text. */
export function linkIn(text: string): string | null {
  return /\/u\/([\w-]{43})(?![\w-])/.exec(text)?.[1] ?? null;
}
