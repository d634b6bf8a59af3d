import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import type { BotApi } from './api.ts';
import type { Incoming } from './incoming.ts';
import type { Operator } from './operator.ts';
import type { Pauses } from './options.ts';
import { troubleOf } from './trouble.ts';
import { ALLOWED_UPDATES } from './update.ts';

const MOST_UPDATES = 100;

/**
 * Asks Telegram for updates, one poll at a time. The offset, by which Telegram forgets what came
 * before it, moves only after every turn of a poll is committed: what is not confirmed comes again,
 * and the store knows it by its id.
 */
export class Polling {
  readonly #api: BotApi;
  readonly #incoming: Incoming;
  readonly #operator: Operator;
  readonly #pauses: Pauses;
  readonly #stop = new AbortController();
  #webhookGone = false;
  #offset = 0;
  #failures = 0;
  #ended: Promise<void> = Promise.resolve();

  constructor(api: BotApi, incoming: Incoming, operator: Operator, pauses: Pauses) {
    this.#api = api;
    this.#incoming = incoming;
    this.#operator = operator;
    this.#pauses = pauses;
  }

  start(): void {
    this.#ended = this.#run();
  }

  /** Ends the poll under way and confirms what is committed. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    if (this.#offset === 0 || this.#failures > 0) return;
    const confirm = { offset: this.#offset, limit: 1, timeout: 0 };
    await this.#api.calls.getUpdates(confirm).catch(() => undefined);
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const began = performance.now();
      const updates = await this.#ask();
      const kept = updates !== null && (await this.#takeAll(updates));
      if (kept) this.#failures = 0;
      // A server that does not hold polls would be asked without a pause.
      const idle = updates?.length === 0 && performance.now() - began < this.#pauses.emptyPoll;
      if (kept && idle) await this.#rest(this.#pauses.emptyPoll);
      else if (updates !== null && !kept) await this.#rest(this.#nextPause());
    }
  }

  /** Null when there was trouble, which has been waited out. */
  async #ask(): Promise<Update[] | null> {
    try {
      // With a webhook in force Telegram answers no poll.
      if (!this.#webhookGone) await this.#api.calls.deleteWebhook();
      this.#webhookGone = true;
      const updates = await this.#poll();
      this.#operator.well();
      return updates;
    } catch (error) {
      if (!this.#stopped) await this.#rest(this.#pauseAfter(error));
      return null;
    }
  }

  async #poll(): Promise<Update[]> {
    const how = {
      offset: this.#offset,
      limit: MOST_UPDATES,
      timeout: Math.round(this.#pauses.poll / 1000),
      allowed_updates: ALLOWED_UPDATES,
    };
    // grammY is typed for a package's signal; it takes the platform's.
    const signal = this.#stop.signal as Parameters<BotApi['polls']['getUpdates']>[1];
    return this.#api.polls.getUpdates(how, signal);
  }

  /** False when an update was not kept: then none is confirmed, and those that were are known. */
  async #takeAll(updates: readonly Update[]): Promise<boolean> {
    // All at once, in order: they share a transaction.
    const taken = await Promise.allSettled(updates.map((update) => this.#incoming.take(update)));
    if (taken.some(({ status }) => status === 'rejected')) return false;
    for (const { update_id: id } of updates) this.#offset = Math.max(this.#offset, id + 1);
    return true;
  }

  #pauseAfter(error: unknown): number {
    const trouble = troubleOf(error);
    this.#operator.hear(trouble);
    const pause = this.#nextPause();
    if (trouble.kind === 'token' || trouble.kind === 'conflict') return this.#pauses.operator;
    return Math.max(trouble.waitMs ?? 0, pause);
  }

  #nextPause(): number {
    this.#failures += 1;
    const { firstRetry, longest } = this.#pauses;
    return Math.min(longest, firstRetry * 2 ** Math.min(this.#failures - 1, 10));
  }

  async #rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
