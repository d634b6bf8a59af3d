import type { Line } from '../../src/channels/web/wire.ts';
import type { BotServer } from '../channels/telegram/bot-api/bot-server.ts';
import type { Update } from '../channels/telegram/bot-api/updates.ts';
import { Person } from '../channels/telegram/person.ts';
import type { Fleet } from './fleet.ts';
import type { Witness } from './invariants.ts';
import type { Installer } from './journey.ts';
import type { Luck } from './luck.ts';
import { GIVE_UP_MS } from './patience.ts';
import type { Acknowledged } from './scripted-installer.ts';

/**
 * Somebody in Telegram, which has what they sent until the assistant confirms it, now and then tells
 * it once more, loses an answer, or takes nothing for a second.
 */
export class TelegramInstaller implements Installer, Witness {
  readonly acknowledged: Acknowledged['messages'] = [];
  readonly #server: BotServer;
  readonly #person: Person;
  readonly #look: Fleet['look'];
  readonly #luck: Luck;
  /** Copies that come after what is sent next. */
  readonly #late: Update[] = [];

  /** @param look into what the assistant keeps, when all is over */
  constructor(server: BotServer, look: Fleet['look'], luck: Luck) {
    this.#server = server;
    this.#person = new Person(server, 'vi');
    this.#person.patience = GIVE_UP_MS;
    this.#look = look;
    this.#luck = luck;
  }

  async open(): Promise<void> {
    this.#person.starts();
  }

  async says(text: string): Promise<void> {
    this.#person.writes(text);
    this.#sent(text);
  }

  async presses(label: string): Promise<void> {
    await this.#person.presses(label);
    this.#sent(`[${label}]`);
  }

  async sendsPhoto(picture: Buffer): Promise<void> {
    this.#person.sendsPhoto(picture);
    this.#sent('photo');
  }

  async hears(text: string): Promise<void> {
    await this.#person.hears(text);
  }

  async lines(): Promise<Pick<Line, 'id' | 'author' | 'shown'>[]> {
    const rows = await this.#look((all) =>
      all(
        `select l.id, l.author, l.shown from lines l join conversations c on c.id = l.conversation
         where c.channel = 'telegram' and c.chat_id = ? order by l.id`,
        String(this.#person.chat.id),
      ),
    );
    return rows.map((row) => ({
      id: Number(row.id),
      author: row.author as Line['author'],
      shown: JSON.parse(String(row.shown)) as Line['shown'],
    }));
  }

  #sent(what: string): void {
    const update = this.#person.did.at(-1);
    if (!update) return;
    const botId = this.#server.token.split(':')[0];
    this.acknowledged.push({ id: `${botId}:${update.update_id}`, what });
    this.#server.updates.again(...this.#late.splice(0));
    if (this.#luck.again()) this.#server.updates.again(update);
    else if (this.#luck.late()) this.#late.push(update);
    this.#trouble();
  }

  #trouble(): void {
    const chatId = this.#person.chat.id;
    if (this.#luck.limits()) {
      const description = 'Too Many Requests: retry after 1';
      this.#server.next('sendMessage', { answers: 429, description, retryAfter: 1 }, chatId);
    }
    if (this.#luck.breaks()) this.#server.next('sendMessage', { breaks: 'before' }, chatId);
    if (this.#luck.breaks()) this.#server.next('sendMessage', { breaks: 'after' }, chatId);
    if (this.#luck.breaks()) this.#server.next('getUpdates', { breaks: 'after' });
  }
}
