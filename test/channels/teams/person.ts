import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { actionsOf, Chat, type Shown, textOfCard } from './bot-connector/chat.ts';
import type { ConnectorServer } from './bot-connector/connector-server.ts';
import type { Sent } from './bot-connector/deliveries.ts';
import { CardSchema } from './bot-connector/rules.ts';

let persons = 0;

const InvokeAnswerSchema = z.object({
  statusCode: z.literal(200),
  type: z.string(),
  value: z.unknown(),
});

/** Somebody who uses Teams: what they do becomes activities, what they see is the chat. */
export class Person {
  readonly chat: Chat;
  readonly #server: ConnectorServer;
  readonly #locale: string;
  readonly #userId: string;
  /** What they did, oldest first. */
  readonly did: Sent[] = [];
  /** By which of the two a button is pressed, as clients differ. */
  presser: 'Execute' | 'Submit' = 'Execute';
  /** How long they wait for anything, in milliseconds. */
  patience = 10_000;

  constructor(server: ConnectorServer, language = 'vi', type: Chat['type'] = 'personal') {
    persons += 1;
    this.chat = new Chat(`${type === 'personal' ? 'a' : '19'}:1-${persons}`, type);
    this.#server = server;
    this.#locale = language === 'en' ? 'en-US' : 'vi-VN';
    this.#userId = `29:1-${persons}`;
    server.chats.set(this.chat.id, this.chat);
  }

  /** An activity with these fields; resolves with what the bot answered. */
  async does(fields: Sent): Promise<unknown> {
    const { chat } = this;
    const activity = {
      id: this.#server.nextId(),
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: this.#server.serviceUrl,
      locale: this.#locale,
      from: { id: this.#userId, name: 'Minh', aadObjectId: 'an-object' },
      recipient: { id: this.#server.botId, name: 'Gỡ liên kết' },
      conversation: {
        id: chat.id,
        conversationType: chat.type,
        tenantId: this.#server.identity.tenantId,
        ...(chat.type === 'personal' ? {} : { isGroup: true }),
      },
      channelData: { tenant: { id: this.#server.identity.tenantId } },
      ...fields,
    };
    this.did.push(activity);
    return this.#server.deliveries.add(chat.id, activity);
  }

  /** Installs the app, by which the bot joins their chat. */
  async starts(): Promise<void> {
    await this.does({ type: 'conversationUpdate', membersAdded: [{ id: this.#server.botId }] });
  }

  async writes(text: string, more: Sent = {}): Promise<string> {
    const id = this.#server.nextId();
    const mine = { id, by: 'person' as const, text, card: null, pictures: 0, edits: 0 };
    this.chat.messages.push(mine);
    await this.does({ id, type: 'message', text, textFormat: 'plain', ...more });
    return id;
  }

  async edits(id: string, text: string): Promise<void> {
    const channelData = { eventType: 'editMessage' };
    await this.does({ id, type: 'messageUpdate', text, channelData });
  }

  /** Pasted into the message, with the HTML that Teams sends along. */
  async pastes(pictures: readonly Uint8Array[], text?: string): Promise<void> {
    const attachments: Sent[] = pictures.map((bytes) => ({
      contentType: 'image/*',
      contentUrl: this.#server.keep(bytes, 'picture'),
    }));
    attachments.push({ contentType: 'text/html', content: '<p><img src="https://x/imgo"></p>' });
    await this.does({ type: 'message', ...(text === undefined ? {} : { text }), attachments });
  }

  async sendsPhoto(bytes: Uint8Array): Promise<void> {
    await this.pastes([bytes]);
  }

  async sendsFile(name: string, bytes: Uint8Array, _mime = '', size = bytes.length): Promise<void> {
    const downloadUrl = this.#server.keep(bytes, 'file', size);
    await this.does({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          contentUrl: `https://contoso.sharepoint.com/personal/minh/Documents/${name}`,
          name,
          content: { downloadUrl, uniqueId: 'unique', fileType: name.split('.').at(-1) },
        },
        { contentType: 'text/html', content: '<p></p>' },
      ],
    });
  }

  /** Presses the newest button with this label, once it is there and can be pressed. */
  async presses(label: string): Promise<void> {
    const shown = await this.waitsFor(
      (one) => actionsOf(one).some((action) => action.title === label),
      `a button "${label}"`,
    );
    await this.pressesIn(shown, label);
  }

  async pressesIn(shown: Shown, label: string): Promise<void> {
    const action = actionsOf(shown).find((one) => one.title === label);
    if (action?.type !== 'Action.Execute') throw new Error(`"${label}" is no button to be pressed`);
    const { data, verb, fallback } = action;
    if (this.presser === 'Submit') {
      await this.does({ type: 'message', value: fallback.data, replyToId: shown.id });
      return;
    }
    const answer = await this.does({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb, data } },
      replyToId: shown.id,
    });
    const { type, value } = InvokeAnswerSchema.parse(answer);
    if (type !== 'application/vnd.microsoft.card.adaptive') return;
    const card = CardSchema.parse(value);
    const stands = this.chat.messages.find(({ id }) => id === shown.id);
    if (stands) Object.assign(stands, { card, text: textOfCard(card) });
  }

  /** What the bot has said and is still there. */
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
