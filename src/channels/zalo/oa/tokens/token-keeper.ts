import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NoAnswerError, NotConnectedError } from '../errors.ts';
import type { Clock, OaOptions, Pauses } from '../options.ts';
import { askForTokens, type Granted, GrantRefusedError } from './oauth.ts';
import { pairOf, type Stored, StoredTokens, type Tokens } from './stored-tokens.ts';

const HOUR = 3_600_000;
/** A pair is renewed while the old access token still has so long: time for a human, if that fails. */
const EARLY_MS = 6 * HOUR;
/** An access token that has less is not used any more. */
const SPARE_MS = 60_000;

/**
 * Keeps the account's access token valid. A refresh token works once: whoever uses it takes a lease
 * first, and commits the new pair before anybody uses it. A process that dies in between loses the
 * new pair at most; the old access token then goes on to its end, and operators are told to connect
 * the account again.
 *
 * Invariants: of all processes over a store one refreshes at a time; the pair of a generation is
 * used for one refresh; a newer generation is never replaced by an older one's result.
 */
export class TokenKeeper {
  readonly #options: Pick<OaOptions, 'config' | 'log'>;
  readonly #stored: StoredTokens;
  readonly #pauses: Pauses;
  readonly #now: Clock;
  readonly #me = randomUUID();
  #refreshing: Promise<Tokens> | null = null;
  #oaId: string | null = null;

  constructor(options: OaOptions, pauses: Pauses, now: Clock) {
    this.#options = options;
    this.#stored = new StoredTokens(options.store);
    this.#pauses = pauses;
    this.#now = now;
  }

  /**
   * An access token that is valid as far as we know.
   * @throws NotConnectedError only a human helps
   * @throws NoAnswerError another time
   */
  async access(): Promise<string> {
    const { tokens } = await this.#read();
    if (isUsable(tokens, this.#now())) return tokens.accessToken;
    return (await this.#refresh(tokens.generation)).accessToken;
  }

  /** Another token than this one, which Zalo did not accept. Throws as `access` does. */
  async renew(stale: string): Promise<string> {
    const { tokens } = await this.#read();
    if (tokens.accessToken !== stale) return tokens.accessToken;
    return (await this.#refresh(tokens.generation)).accessToken;
  }

  /** Renews early what ends soon. Throws as `access` does. */
  async refreshEarly(): Promise<void> {
    const { tokens } = await this.#read();
    if (tokens.refusedAt !== null) throw new NotConnectedError('refused');
    if (tokens.accessExpiresAt - this.#now() < EARLY_MS) await this.#refresh(tokens.generation);
  }

  async connect(oaId: string, granted: Granted): Promise<void> {
    await this.#stored.connect(oaId, granted, this.#now());
    this.#oaId = oaId;
  }

  /** The account that is connected, as of the last look; null when that is none. */
  get oaId(): string | null {
    return this.#oaId;
  }

  /** Null when no account was ever connected. */
  async peek(): Promise<Tokens | null> {
    const tokens = (await this.#stored.read())?.tokens ?? null;
    this.#oaId = tokens?.oaId ?? null;
    return tokens;
  }

  async #read(): Promise<Stored> {
    const stored = await this.#stored.read();
    if (!stored) throw new NotConnectedError('notConnected');
    return stored;
  }

  /** Within this process all who want a new pair share one refresh. */
  #refresh(old: number): Promise<Tokens> {
    this.#refreshing ??= this.#refreshAlone(old).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshAlone(old: number): Promise<Tokens> {
    const until = this.#now() + this.#pauses.call;
    while (this.#now() < until) {
      const stored = await this.#read();
      const { generation, lease, refusedAt } = stored.tokens;
      if (generation > old) return stored.tokens;
      if (refusedAt !== null) throw new NotConnectedError('refused');
      if (lease && lease.until > this.#now()) {
        await sleep(this.#pauses.lookAgain);
        continue;
      }
      const mine = { by: this.#me, until: this.#now() + this.#pauses.lease };
      const leased = await this.#stored.change(stored, { lease: mine });
      if (leased) return this.#exchange(leased, lease !== null);
    }
    throw new NoAnswerError('another process is renewing the token', false);
  }

  /** @param broken an earlier refresh of this pair began and its end is not known */
  async #exchange(leased: Stored, broken: boolean): Promise<Tokens> {
    const { tokens } = leased;
    const { config } = this.#options;
    const grant = {
      grant_type: 'refresh_token' as const,
      refresh_token: tokens.refreshToken,
    };
    try {
      const granted = await askForTokens(config, grant, this.#pauses.call);
      return await this.#keep(leased, granted);
    } catch (error) {
      if (error instanceof GrantRefusedError) await this.#refused(leased, broken, error);
      else if (error instanceof NoAnswerError) {
        // An ended lease tells whoever comes next that this pair may be used up.
        const lease = error.sent ? { by: this.#me, until: 0 } : null;
        await this.#stored.change(leased, { lease });
      }
      throw error instanceof GrantRefusedError ? new NotConnectedError('refused') : error;
    }
  }

  /** A pair that was granted is never let go of, save for a newer one. */
  async #keep(leased: Stored, granted: Granted): Promise<Tokens> {
    const { generation } = leased.tokens;
    const pair = pairOf(granted, generation + 1, this.#now());
    for (let before: Stored | null = leased; before; before = await this.#stored.read()) {
      if (before.tokens.generation > generation) return before.tokens;
      const kept = await this.#stored.change(before, pair);
      if (kept) return kept.tokens;
    }
    throw new NotConnectedError('notConnected');
  }

  async #refused(leased: Stored, broken: boolean, error: GrantRefusedError): Promise<void> {
    await this.#stored.change(leased, { lease: null, refusedAt: this.#now() });
    const hours = Math.max(0, Math.floor((leased.tokens.accessExpiresAt - this.#now()) / HOUR));
    this.#options.log.error(
      { why: error.message, hoursLeft: hours },
      broken
        ? 'Zalo: the assistant stopped while its token was being renewed, and the new one is lost. ' +
            'Connect the account again at /desk#/zalo; until the old token ends everything goes on.'
        : 'Zalo refuses to renew the token. Connect the account again at /desk#/zalo; ' +
            'until the old token ends everything goes on.',
    );
  }
}

function isUsable({ accessExpiresAt }: Tokens, now: number): boolean {
  return accessExpiresAt - now > SPARE_MS;
}
