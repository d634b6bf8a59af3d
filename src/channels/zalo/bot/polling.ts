import { setTimeout as sleep } from 'node:timers/promises';
import type { BotApi } from './api.ts';
import type { Incoming } from './incoming.ts';
import type { Operator } from './operator.ts';
import type { Pauses, ZaloBotOptions } from './options.ts';
import { troubleOf } from './trouble.ts';

/**
 * Asks Zalo for updates, one at a time. For trials: there is no offset, so an update is forgotten by
 * being handed over, and what was not kept when the process ends is lost.
 */
export class Polling {
  readonly #log: ZaloBotOptions['log'];
  readonly #api: BotApi;
  readonly #incoming: Incoming;
  readonly #operator: Operator;
  readonly #pauses: Pauses;
  readonly #stop = new AbortController();
  #webhookGone = false;
  #heardAt = performance.now();
  #failures = 0;
  #ended: Promise<void> = Promise.resolve();

  constructor(
    log: ZaloBotOptions['log'],
    api: BotApi,
    incoming: Incoming,
    operator: Operator,
    pauses: Pauses,
  ) {
    this.#log = log;
    this.#api = api;
    this.#incoming = incoming;
    this.#operator = operator;
    this.#pauses = pauses;
  }

  start(): void {
    this.#operator.warnOfLoss();
    this.#ended = this.#run();
  }

  /** Ends the poll under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const began = performance.now();
      try {
        const update = await this.#ask();
        this.#failures = 0;
        if (update !== undefined) {
          this.#heardAt = performance.now();
          await this.#keep(update);
        } else if (performance.now() - began < this.#pauses.emptyPoll) {
          // A server that does not hold polls would be asked without a pause.
          await this.#rest(this.#pauses.emptyPoll);
        }
      } catch (error) {
        if (!this.#stopped) await this.#rest(this.#pauseAfter(error));
      }
    }
  }

  async #ask(): Promise<unknown> {
    // With a webhook in force Zalo answers polls with nothing, for ever.
    if (!this.#webhookGone) await this.#api.deleteWebhook();
    this.#webhookGone = true;
    if (performance.now() - this.#heardAt > this.#pauses.silence) await this.#lookForWebhook();
    const update = await this.#api.getUpdates(this.#pauses.poll, this.#stop.signal);
    if (update === undefined) this.#operator.answered();
    else this.#operator.well();
    return update;
  }

  /** Somebody may have set a webhook meanwhile; two programs must not take it from each other. */
  async #lookForWebhook(): Promise<void> {
    this.#heardAt = performance.now();
    if ((await this.#api.webhookUrl()) !== '') this.#operator.hearOfWebhook();
    else this.#operator.well();
  }

  /** It will not come again, so it is tried until it is kept. */
  async #keep(update: unknown): Promise<void> {
    for (;;) {
      try {
        await this.#incoming.take(update);
        return;
      } catch {
        if (this.#stopped) {
          this.#log.error('a message from Zalo could not be kept before the stop, and is lost');
          return;
        }
        await this.#rest(this.#nextPause());
      }
    }
  }

  #pauseAfter(error: unknown): number {
    const trouble = troubleOf(error);
    this.#operator.hear(trouble);
    const pause = this.#nextPause();
    return trouble.kind === 'token' ? this.#pauses.operator : Math.max(trouble.waitMs ?? 0, pause);
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
