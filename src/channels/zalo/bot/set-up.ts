import { setTimeout as sleep } from 'node:timers/promises';
import type { BotApi } from './api.ts';
import type { Operator } from './operator.ts';
import type { Pauses } from './options.ts';
import { troubleOf } from './trouble.ts';

/** Tells Zalo where to deliver to. Tried again until it works or is stopped; nobody waits for it. */
export class SetUp {
  readonly #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  start(
    webhook: { url: string; secret: string },
    api: BotApi,
    operator: Operator,
    pauses: Pauses,
  ): void {
    this.#ended = this.#run(() => api.setWebhook(webhook.url, webhook.secret), operator, pauses);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #run(announce: () => Promise<void>, operator: Operator, pauses: Pauses): Promise<void> {
    for (let failures = 0; !this.#stop.signal.aborted; failures += 1) {
      try {
        await announce();
        operator.well();
        return;
      } catch (error) {
        const trouble = troubleOf(error);
        operator.hear(trouble);
        const longest = trouble.kind === 'token' ? pauses.operator : pauses.longest;
        const doubled = Math.min(longest, pauses.firstRetry * 2 ** Math.min(failures, 10));
        const pause = Math.max(trouble.waitMs ?? 0, doubled);
        await sleep(pause, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
  }
}
