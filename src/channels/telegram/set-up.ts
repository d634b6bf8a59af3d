import { setTimeout as sleep } from 'node:timers/promises';
import type { LinkTarget } from '../contract.ts';
import type { BotApi } from './api.ts';
import { registerCommands } from './commands.ts';
import type { Operator } from './operator.ts';
import type { Pauses, TelegramOptions } from './options.ts';
import { troubleOf } from './trouble.ts';
import { ALLOWED_UPDATES } from './update.ts';

/**
 * Tells Telegram what it has to know of this bot (its commands and, with a webhook, where to deliver
 * to), and asks for the bot's name, without which there are no deep links. Tried again until it works or is stopped; nobody waits for it.
 */
export class SetUp {
  readonly #stop = new AbortController();
  /** The bot's user name, once Telegram has told it. */
  #name: string | null = null;
  #ended: Promise<void> = Promise.resolve();

  start(options: TelegramOptions, api: BotApi, operator: Operator, pauses: Pauses): void {
    const { webhook, log } = options;
    const steps = [
      async () => {
        if (!webhook) return;
        // It only helps: what is wrong with Telegram shows by the next call.
        const before = await api.calls.getWebhookInfo().catch(() => null);
        await api.calls.setWebhook(webhook.url, {
          secret_token: webhook.secret,
          // One after the other, so that what somebody wrote comes in the order in which they wrote it.
          max_connections: 1,
          allowed_updates: ALLOWED_UPDATES,
        });
        operator.well();
        if (before?.url && before.url !== webhook.url) operator.hearOfWebhook(before.url);
      },
      // A menu is no reason to keep on trying: with a server that has none it would never end.
      async () => {
        await registerCommands(api.calls).catch((error: unknown) => {
          const trouble = troubleOf(error);
          if (trouble.kind !== 'refused') throw error;
          log.warn({ why: trouble.why }, 'Telegram took no menu of commands');
        });
      },
      async () => {
        this.#name = (await api.calls.getMe()).username ?? null;
        if (this.#name !== null) log.info(`Telegram answers as @${this.#name}`);
      },
    ];
    this.#ended = this.#run(steps, operator, pauses);
  }

  /** The deep link that brings a code: Telegram sends what is behind `start=` as "/start link_…". */
  linkTo(code: string): LinkTarget | null {
    if (this.#name === null) return null;
    return { url: `https://t.me/${this.#name}?start=link_${code}`, carriesCode: true };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #run(steps: (() => Promise<void>)[], operator: Operator, pauses: Pauses): Promise<void> {
    let failures = 0;
    while (steps[0] && !this.#stop.signal.aborted) {
      try {
        await steps[0]();
        steps.shift();
        failures = 0;
      } catch (error) {
        const trouble = troubleOf(error);
        operator.hear(trouble);
        const longest = trouble.kind === 'token' ? pauses.operator : pauses.longest;
        const doubled = Math.min(longest, pauses.firstRetry * 2 ** Math.min(failures, 10));
        failures += 1;
        const pause = Math.max(trouble.waitMs ?? 0, doubled);
        await sleep(pause, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
  }
}
