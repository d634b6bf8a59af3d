import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import type { Duty } from '../../engine/duty.ts';
import type { BotApi } from './api.ts';
import type { Incoming } from './incoming.ts';
import type { Operator } from './operator.ts';
import type { Pauses } from './options.ts';
import { troubleOf } from './trouble.ts';
import { ALLOWED_UPDATES } from './update.ts';

const MOST_UPDATES = 100;

/** What ends a poll that is under way, and those after it. */
const NEVER = new AbortController().signal;

/**
 * Asks Telegram for updates, one poll at a time, in one process at a time: of two who ask, Telegram
 * refuses one. The offset, by which Telegram forgets what came before it, moves only after every
 * turn of a poll is committed: what is not confirmed comes again, and the store knows it by its id.
 * So a process that stood still and goes on with a poll of its own confirms nothing that is not kept.
 */
export class Polling {
  readonly #api: BotApi;
  readonly #incoming: Incoming;
  readonly #operator: Operator;
  readonly #pauses: Pauses;
  readonly #duty: Duty;
  #signal = NEVER;
  #webhookGone = false;
  #offset = 0;
  #failures = 0;
  #conflicts = 0;

  constructor(api: BotApi, incoming: Incoming, operator: Operator, pauses: Pauses, duty: Duty) {
    this.#api = api;
    this.#incoming = incoming;
    this.#operator = operator;
    this.#pauses = pauses;
    this.#duty = duty;
  }

  start(): void {
    this.#duty.start((signal) => this.#run(signal));
  }

  /** Ends the poll under way and confirms what is committed. */
  async stop(): Promise<void> {
    await this.#duty.stop();
  }

  get #stopped(): boolean {
    return this.#signal.aborted;
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    // Another process may have been at it meanwhile, and numbers begin anew after a quiet week.
    this.#offset = 0;
    this.#webhookGone = false;
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
    await this.#confirm();
  }

  /** At a stop. Without the lease it would disturb whoever has it. */
  async #confirm(): Promise<void> {
    if (this.#offset === 0 || this.#failures > 0 || !(await this.#duty.held())) return;
    const confirm = { offset: this.#offset, limit: 1, timeout: 0 };
    await this.#api.calls.getUpdates(confirm).catch(() => undefined);
  }

  /** Null when there was trouble, which has been waited out. */
  async #ask(): Promise<Update[] | null> {
    try {
      if (!this.#webhookGone) await this.#takeWebhookAway();
      const updates = await this.#poll();
      this.#conflicts = 0;
      this.#operator.well();
      return updates;
    } catch (error) {
      // A poll that another process' poll has ended is no trouble: it is that one's turn now.
      if (!this.#stopped && (await this.#duty.held())) await this.#rest(this.#pauseAfter(error));
      return null;
    }
  }

  /** With a webhook in force Telegram answers no poll. */
  async #takeWebhookAway(): Promise<void> {
    const before = await this.#api.calls.getWebhookInfo().catch(() => null);
    await this.#api.calls.deleteWebhook();
    this.#webhookGone = true;
    if (before?.url) this.#operator.hearOfWebhook(before.url);
  }

  async #poll(): Promise<Update[]> {
    const how = {
      offset: this.#offset,
      limit: MOST_UPDATES,
      timeout: Math.round(this.#pauses.poll / 1000),
      allowed_updates: ALLOWED_UPDATES,
    };
    // grammY is typed for a package's signal; it takes the platform's.
    const signal = this.#signal as Parameters<BotApi['polls']['getUpdates']>[1];
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
    const pause = this.#nextPause();
    if (trouble.kind === 'conflict') this.#conflicts += 1;
    // The last poll of whoever had the lease before may be in the way once.
    if (trouble.kind === 'conflict' && this.#conflicts === 1) return pause;
    this.#operator.hear(trouble);
    if (trouble.kind === 'token' || trouble.kind === 'conflict') return this.#pauses.operator;
    return Math.max(trouble.waitMs ?? 0, pause);
  }

  #nextPause(): number {
    this.#failures += 1;
    const { firstRetry, longest } = this.#pauses;
    return Math.min(longest, firstRetry * 2 ** Math.min(this.#failures - 1, 10));
  }

  async #rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#signal }).catch(() => undefined);
  }
}
