import { setTimeout as sleep } from 'node:timers/promises';
import type { BotServer } from './bot-api/bot-server.ts';
import { Chat, type Shown } from './bot-api/chat.ts';
import type { Update } from './bot-api/updates.ts';

let persons = 0;

/** Somebody who uses Telegram: what they do becomes updates, what they see is the chat. */
export class Person {
  readonly chat: Chat;
  readonly #server: BotServer;
  readonly #language: string;
  /** What they did, oldest first. */
  readonly did: Update[] = [];
  /** How long they wait for anything, in milliseconds. */
  patience = 8_000;

  constructor(server: BotServer, language = 'vi', type: Chat['type'] = 'private') {
    persons += 1;
    const id = 5_000_000_000 + persons;
    this.chat = new Chat(type === 'private' ? id : -id, type);
    this.#server = server;
    this.#language = language;
    server.chats.set(this.chat.id, this.chat);
  }

  get #from() {
    return {
      id: Math.abs(this.chat.id),
      is_bot: false,
      first_name: 'Minh',
      language_code: this.#language,
    };
  }

  get #place() {
    return { id: this.chat.id, type: this.chat.type };
  }

  /** Sends a message with these fields of the Bot API. */
  sends(fields: Record<string, unknown>): number {
    const id = this.#server.nextId();
    const text = String(fields.text ?? fields.caption ?? '');
    this.chat.messages.push({ id, by: 'person', text, keyboard: null, edits: 0, picture: false });
    const message = { message_id: id, date: 1, from: this.#from, chat: this.#place, ...fields };
    this.#tell({ message });
    return id;
  }

  starts(payload?: string): void {
    this.sends({ text: payload === undefined ? '/start' : `/start ${payload}` });
  }

  /** Answers the message's id, by which it can be edited. */
  writes(text: string): number {
    return this.sends({ text });
  }

  edits(id: number, text: string): void {
    const message = { message_id: id, date: 1, edit_date: 2, from: this.#from, chat: this.#place };
    this.#tell({ edited_message: { ...message, text } });
  }

  sendsPhoto(bytes: Uint8Array, more: Record<string, unknown> = {}): void {
    const small = this.#server.keepFile(bytes.subarray(0, 10), 'thumbnails', '.jpg');
    const large = this.#server.keepFile(bytes, 'photos', '.jpg');
    const photo = [
      { file_id: small, file_size: 10, width: 90, height: 90 },
      { file_id: large, file_size: bytes.length, width: 1280, height: 960 },
    ];
    this.sends({ photo, ...more });
  }

  sendsAlbum(pictures: readonly Uint8Array[], caption?: string): void {
    const group = `1${this.#server.nextId()}`;
    for (const [index, bytes] of pictures.entries()) {
      const first = index === 0 && caption !== undefined ? { caption } : {};
      this.sendsPhoto(bytes, { media_group_id: group, ...first });
    }
  }

  /** @param size what Telegram says of its size, where the bytes do not tell */
  sendsFile(name: string, bytes: Uint8Array, mime: string, size = bytes.length): void {
    const fileId = this.#server.keepFile(bytes, 'documents', '', size);
    const document = { file_id: fileId, file_name: name, mime_type: mime, file_size: size };
    this.sends({ document });
  }

  /** Presses the newest button with this label, once it is there. */
  async presses(label: string): Promise<void> {
    const shown = await this.waitsFor((one) => hasButton(one, label), `a button "${label}"`);
    this.pressesIn(shown, label);
  }

  pressesIn(shown: Shown, label: string): void {
    const button = shown.keyboard?.inline_keyboard.flat().find(({ text }) => text === label);
    const id = `q${this.#server.nextId()}`;
    this.#server.queries.set(id, this.chat);
    this.#tell({
      callback_query: {
        id,
        from: this.#from,
        chat_instance: '1',
        data: button && 'callback_data' in button ? button.callback_data : undefined,
        message: {
          message_id: shown.id,
          date: 1,
          chat: this.#place,
          ...(shown.keyboard ? { reply_markup: shown.keyboard } : {}),
        },
      },
    });
  }

  blocks(): void {
    this.chat.blocked = true;
    this.#tell({
      my_chat_member: { chat: this.#place, new_chat_member: { status: 'kicked' } },
    });
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

  #tell(update: Record<string, unknown>): void {
    this.did.push(this.#server.updates.add(update));
  }
}

function hasButton(shown: Shown, label: string): boolean {
  return shown.keyboard?.inline_keyboard.flat().some(({ text }) => text === label) ?? false;
}
