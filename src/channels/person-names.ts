import type { Logger } from 'pino';
import type { ChannelName } from '../dialogue/event.ts';
import type { Store } from '../store/contract.ts';

/** Longer names are cut; the longest of a platform (Telegram's first and last name) has 129. */
const MOST_NAME = 130;
/** For so long a name counts as kept. It may have been deleted meanwhile, by its person's wish. */
const KEPT_MS = 10 * 60_000;
const MOST_CHATS = 10_000;

/** What a channel needs for the names of its people. */
export interface PersonNamesOptions {
  store: Pick<Store, 'keepPersonName'>;
  log: Pick<Logger, 'warn'>;
  now?: () => number;
}

/** A name as pages may show it: no sign that breaks a line or turns the direction of what stands beside it. */
function clean(name: string): string {
  const shown = name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
  return shown
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_NAME)
    .replace(/[\uD800-\uDBFF]$/, '');
}

/**
 * Keeps what a platform calls the person of a chat, for agents. It is written again only when it is
 * new here. A name only helps: that one cannot be kept stops no message.
 */
export class PersonNames {
  readonly #channel: ChannelName;
  readonly #options: PersonNamesOptions;
  readonly #kept = new Map<string, { name: string; at: number }>();

  constructor(channel: ChannelName, options: PersonNamesOptions) {
    this.#channel = channel;
    this.#options = options;
  }

  /**
   * Begins to keep a name and returns at once: to wait here would let a person's messages overtake
   * one another.
   *
   * @param parts of the name, in the order in which they are written
   */
  see(chatId: string, ...parts: (string | undefined)[]): void {
    const name = clean(parts.filter(Boolean).join(' '));
    if (name === '') return;
    const now = (this.#options.now ?? Date.now)();
    const known = this.#kept.get(chatId);
    if (known?.name === name && now - known.at < KEPT_MS) return;
    this.#kept.delete(chatId);
    this.#kept.set(chatId, { name, at: now });
    if (this.#kept.size > MOST_CHATS) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    const { store, log } = this.#options;
    store.keepPersonName(this.#channel, chatId, name).catch(() => {
      this.#kept.delete(chatId);
      log.warn({ channel: this.#channel }, 'the name of a person was not kept');
    });
  }
}
