import type { BotServer } from './bot-api/bot-server.ts';
import type { Shown } from './bot-api/chat.ts';
import type { ForumChat, ForumTopic } from './bot-api/forum-chat.ts';
import { waitedFor } from './waited-for.ts';

let members = 0;

/** Somebody in the agents' group. */
export class GroupMember {
  readonly id: number;
  readonly group: ForumChat;
  readonly #server: BotServer;
  isAnonymous = false;

  constructor(server: BotServer, group: ForumChat) {
    members += 1;
    this.id = 7_000_000_000 + members;
    this.#server = server;
    this.group = group;
  }

  get #from() {
    return this.isAnonymous
      ? { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }
      : { id: this.id, is_bot: false, first_name: 'Lan', language_code: 'vi' };
  }

  get #chat() {
    return { id: this.group.id, type: 'supergroup', is_forum: true };
  }

  /** Sends a message with these fields of the Bot API; without a topic, in the group's first one. */
  sends(topic: ForumTopic | null, fields: Record<string, unknown>): number {
    const id = this.#server.nextId();
    const place = topic ? { message_thread_id: topic.threadId, is_topic_message: true } : {};
    const text = String(fields.text ?? fields.caption ?? '');
    const shown = { id, by: 'person' as const, text, keyboard: null, edits: 0, picture: false };
    this.group.messages.push({ ...shown, ...(topic ? { threadId: topic.threadId } : {}) });
    const base = { message_id: id, date: 1, from: this.#from, chat: this.#chat, ...place };
    // A bot that is no admin hears commands only (its privacy mode).
    if (this.group.rights.admin || text.startsWith('/'))
      this.#tell({ message: { ...base, ...fields } });
    return id;
  }

  writes(topic: ForumTopic | null, text: string): number {
    return this.sends(topic, { text });
  }

  repliesTo(topic: ForumTopic, shown: Shown, text: string): void {
    this.sends(topic, { text, reply_to_message: { message_id: shown.id } });
  }

  edits(topic: ForumTopic, id: number, text: string): void {
    const place = { message_thread_id: topic.threadId, is_topic_message: true };
    const base = { message_id: id, date: 1, from: this.#from, chat: this.#chat, ...place };
    this.#tell({ edited_message: { ...base, text } });
  }

  sendsPhoto(topic: ForumTopic, bytes: Uint8Array, caption?: string): void {
    const fileId = this.#server.keepFile(bytes, 'photos', '.jpg');
    const photo = [{ file_id: fileId, file_size: bytes.length, width: 1280, height: 960 }];
    this.sends(topic, { photo, ...(caption === undefined ? {} : { caption }) });
  }

  closes(topic: ForumTopic): void {
    topic.closed = true;
    this.sends(topic, { forum_topic_closed: {} });
  }

  /** Telegram tells nobody. */
  deletes(topic: ForumTopic): void {
    this.group.deleteTopic(topic.threadId);
  }

  /** Presses the newest button with this label in a topic, once it is there. */
  async presses(topic: ForumTopic, label: string): Promise<void> {
    const has = (shown: Shown) => labelsOf(shown).includes(label);
    this.pressesIn(await this.sees(topic, has, `a button "${label}"`), label);
  }

  pressesIn(shown: Shown, label: string): void {
    const button = shown.keyboard?.inline_keyboard.flat().find(({ text }) => text === label);
    const id = `q${this.#server.nextId()}`;
    this.#server.queries.set(id, this.group);
    const { threadId } = shown;
    this.#tell({
      callback_query: {
        id,
        from: this.#from,
        chat_instance: '1',
        data: button && 'callback_data' in button ? button.callback_data : undefined,
        message: {
          message_id: shown.id,
          date: 1,
          chat: this.#chat,
          ...(threadId === undefined ? {} : { message_thread_id: threadId }),
          ...(shown.keyboard ? { reply_markup: shown.keyboard } : {}),
        },
      },
    });
  }

  /** The newest message of the bot in a topic that fits, once there is one. */
  async sees(
    topic: ForumTopic | null,
    fits: (shown: Shown) => boolean,
    what: string,
  ): Promise<Shown> {
    const heard = () =>
      this.group.messages.filter((one) => one.by === 'bot' && one.threadId === topic?.threadId);
    return waitedFor(
      () => heard().findLast(fits),
      () =>
        `${what}; there is: ${heard()
          .map(
            ({ text, keyboard }) =>
              `${text} ${keyboard ? JSON.stringify(labelsOf({ keyboard })) : ''}`,
          )
          .join(' | ')}`,
    );
  }

  async reads(topic: ForumTopic | null, text: string): Promise<Shown> {
    return this.sees(topic, (shown) => shown.text.includes(text), `"${text}"`);
  }

  /** What popped up over a button. */
  async isTold(text: string): Promise<void> {
    await waitedFor(
      () => this.group.toasts.find((one) => one.includes(text)),
      () => `the notice "${text}"; there is: ${this.group.toasts.join(' | ')}`,
    );
  }

  #tell(update: Record<string, unknown>): void {
    this.#server.updates.add(update);
  }
}

export function labelsOf({ keyboard }: Pick<Shown, 'keyboard'>): string[] {
  return keyboard?.inline_keyboard.flat().map(({ text }) => text) ?? [];
}
