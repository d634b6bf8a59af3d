import type { Api } from 'grammy';
import type { ForumDoor } from './door.ts';
import type { ForumOptions, ForumPauses } from './options.ts';
import type { Pacer } from './pacer.ts';
import { type ForumTrouble, forumTroubleOf } from './trouble.ts';

/** What became of a call to the group. */
export type Called<T> = { result: T } | { trouble: ForumTrouble };

type Signal = Parameters<Api['getMe']>[0];

interface GroupParts {
  api: Api;
  door: Pick<ForumDoor, 'group' | 'move'>;
  pacer: Pacer;
  log: ForumOptions['log'];
  pauses: Pick<ForumPauses, 'firstRetry' | 'longest' | 'farewell'>;
}

const SET_UP =
  "The agents' Telegram group cannot be used: make the bot an admin there with the rights to manage topics " +
  'and to delete messages, and turn topics on (docs/telegram-forum.md). It is tried again from time to time.';

/** The agents' group as Telegram shows it to this bot. After trouble it rests, longer each time. */
export class Group {
  readonly #api: Api;
  readonly #door: Pick<ForumDoor, 'group' | 'move'>;
  readonly #pacer: Pacer;
  readonly #log: ForumOptions['log'];
  readonly #pauses: Pick<ForumPauses, 'firstRetry' | 'longest' | 'farewell'>;
  #signal: Signal;
  #chatId = 0;
  #told: ForumTrouble['kind'] | null = null;
  #failures = 0;

  constructor({ api, door, pacer, log, pauses }: GroupParts) {
    this.#api = api;
    this.#door = door;
    this.#pacer = pacer;
    this.#log = log;
    this.#pauses = pauses;
    // What Telegram is slow at is not waited for long at a stop: it is told again.
    api.config.use((call, method, payload) => call(method, payload, this.#signal));
  }

  /**
   * Learns which number the group has now.
   * @param signal says that this is to end; a call that is under way then is given a little time
   */
  async begin(signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    const last = () => setTimeout(() => end.abort(), this.#pauses.farewell).unref();
    signal.addEventListener('abort', last, { once: true });
    // grammY is typed for a package's signal; it takes the platform's.
    this.#signal = end.signal as Signal;
    this.#chatId = await this.#door.group();
  }

  /**
   * @param cost how many of Telegram's messages it counts as
   * @param alone its trouble says nothing of other calls
   */
  async call<T>(
    cost: number,
    work: (api: Api, chatId: number) => Promise<T>,
    alone = false,
  ): Promise<Called<T>> {
    this.#pacer.spend(cost);
    try {
      const result = await work(this.#api, this.#chatId);
      if (cost > 0 && !alone) this.#recover();
      return { result };
    } catch (error) {
      const trouble = forumTroubleOf(error);
      this.#tell(trouble);
      if (trouble.movedTo !== undefined) await this.move(trouble.movedTo);
      else if (trouble.waitMs !== null) this.#pacer.hold(trouble.waitMs);
      else if (!alone && (trouble.kind === 'later' || trouble.kind === 'setUp')) this.#rest();
      return { trouble };
    }
  }

  /** The group was upgraded, and has another number from now on. */
  async move(to: number): Promise<void> {
    await this.#door.move(to);
    this.#chatId = to;
    const text =
      "the agents' Telegram group has another number now: set TELEGRAM_AGENTS_GROUP to it";
    this.#log.warn({ group: to }, text);
  }

  #rest(): void {
    const { firstRetry, longest } = this.#pauses;
    this.#pacer.hold(Math.min(longest, firstRetry * 2 ** Math.min(this.#failures, 10)));
    this.#failures += 1;
  }

  #recover(): void {
    this.#failures = 0;
    if (this.#told === 'setUp') this.#log.info("the agents' Telegram group works again");
    this.#told = null;
  }

  /** Once for each kind of trouble that only people can end. */
  #tell({ kind, why }: ForumTrouble): void {
    if ((kind !== 'setUp' && kind !== 'refused') || this.#told === kind) return;
    this.#told = kind;
    if (kind === 'setUp') this.#log.error({ why }, SET_UP);
    else this.#log.warn({ why }, "Telegram refused something for the agents' group");
  }
}
