import { steadily } from '../../../../engine/steadily.ts';
import { NotConnectedError } from '../errors.ts';
import type { Clock, OaOptions } from '../options.ts';
import { whyOf } from '../trouble.ts';
import { WARN_DAYS } from './connection.ts';
import type { TokenKeeper } from './token-keeper.ts';

const EVERY_TEN_MINUTES = '*/10 * * * *';
const DAY_MS = 24 * 3_600_000;

/** Looks every ten minutes whether the token is to be renewed, and tells operators of what ends. */
export class TokenWatch {
  readonly #tokens: TokenKeeper;
  readonly #log: OaOptions['log'];
  readonly #now: Clock;
  #task: ReturnType<typeof steadily> | null = null;
  #toldOn = -1;
  #looking: Promise<void> = Promise.resolve();

  constructor(tokens: TokenKeeper, log: OaOptions['log'], now: Clock) {
    this.#tokens = tokens;
    this.#log = log;
    this.#now = now;
  }

  start(): void {
    this.#task = steadily(EVERY_TEN_MINUTES, () => this.look());
    this.#looking = this.look();
  }

  async stop(): Promise<void> {
    await this.#task?.stop();
    await this.#looking;
  }

  /** Renews what ends soon, and warns once a day. Never rejects. */
  async look(): Promise<void> {
    try {
      await this.#tokens.refreshEarly();
      const tokens = await this.#tokens.peek();
      if (tokens) this.#warnOfTheEnd(tokens.refreshExpiresAt);
    } catch (error) {
      if (error instanceof NotConnectedError) {
        const level = error.code === 'refused' ? 'error' : 'warn';
        this.#once(() => this.#log[level](error.message));
      } else this.#log.warn({ why: whyOf(error) }, 'Zalo: the token could not be renewed yet');
    }
  }

  #warnOfTheEnd(endsAt: number): void {
    const days = Math.floor((endsAt - this.#now()) / DAY_MS);
    if (days >= WARN_DAYS) return;
    this.#once(() =>
      this.#log.warn(
        { days },
        'Zalo: the consent ends in that many days. Connect the account again at /desk#/zalo.',
      ),
    );
  }

  #once(tell: () => void): void {
    const today = Math.floor(this.#now() / DAY_MS);
    if (this.#toldOn === today) return;
    this.#toldOn = today;
    tell();
  }
}
