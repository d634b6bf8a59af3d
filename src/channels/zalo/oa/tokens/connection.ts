import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock, OaOptions, Pauses } from '../options.ts';
import { isSame } from '../signature.ts';
import { askForTokens, consentUrl, GrantRefusedError } from './oauth.ts';
import type { TokenKeeper } from './token-keeper.ts';

export const CONNECTED_PATH = '/zalo-oa/connected';
const NAME = 'zaloOa.connecting';
/** Zalo's own code lives as long. */
const LIVES_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** From here on the desk and the log warn that the consent ends. */
export const WARN_DAYS = 21;

const PendingSchema = z.object({
  state: z.string(),
  verifier: z.string(),
  agentId: z.string(),
  until: z.number(),
});

/** How the account is connected, as the desk shows it. Times in epoch ms. */
export interface ConnectionStatus {
  /** `ending`: the consent ends within weeks. `refused`: Zalo takes it no more. */
  state: 'notConnected' | 'connected' | 'ending' | 'refused';
  oaId: string | null;
  /** When the consent ends, unless it is renewed before. */
  endsAt: number | null;
  /** Until when messages still go out. */
  accessEndsAt: number | null;
  /** False without PUBLIC_URL: Zalo has nowhere to send the admin back to. */
  canConnect: boolean;
}

export type ConnectionProblem = 'declined' | 'stale' | 'refused' | 'noAnswer';

/** "Connect Zalo": an admin's consent, by OAuth v4 with PKCE. */
export class Connection {
  readonly #options: OaOptions;
  readonly #tokens: TokenKeeper;
  readonly #pauses: Pauses;
  readonly #now: Clock;

  constructor(options: OaOptions, tokens: TokenKeeper, pauses: Pauses, now: Clock) {
    this.#options = options;
    this.#tokens = tokens;
    this.#pauses = pauses;
    this.#now = now;
  }

  async status(): Promise<ConnectionStatus> {
    const tokens = await this.#tokens.peek();
    const canConnect = this.#options.publicUrl !== null;
    if (!tokens) {
      const nothing = { oaId: null, endsAt: null, accessEndsAt: null };
      return { state: 'notConnected', ...nothing, canConnect };
    }
    const ending = tokens.refreshExpiresAt - this.#now() < WARN_DAYS * DAY_MS;
    return {
      state: tokens.refusedAt !== null ? 'refused' : ending ? 'ending' : 'connected',
      oaId: tokens.oaId,
      endsAt: tokens.refreshExpiresAt,
      accessEndsAt: tokens.accessExpiresAt,
      canConnect,
    };
  }

  /** Where the admin consents; null without PUBLIC_URL. The newest begun one counts. */
  async begin(agentId: string): Promise<string | null> {
    const { config, publicUrl, store } = this.#options;
    if (publicUrl === null) return null;
    const state = randomBytes(24).toString('base64url');
    const verifier = randomBytes(32).toString('base64url');
    const pending = { state, verifier, agentId, until: this.#now() + LIVES_MS };
    await store.putDocument(NAME, JSON.stringify(pending), true);
    return consentUrl(config, { redirectUri: publicUrl + CONNECTED_PATH, state, verifier });
  }

  /**
   * The admin came back. The state is known to nobody but the browser that began, and works once.
   * Null when the account is connected.
   */
  async finish(back: {
    state: string;
    code: string | undefined;
    oaId: string;
  }): Promise<ConnectionProblem | null> {
    const { config, store, log } = this.#options;
    const text = await store.document(NAME);
    const pending = text === null ? null : PendingSchema.parse(JSON.parse(text));
    if (!pending || pending.until < this.#now() || !isSame(back.state, pending.state)) {
      return 'stale';
    }
    await store.dropDocument(NAME);
    if (!back.code) return 'declined';
    try {
      const { code } = back;
      const grant = { code, code_verifier: pending.verifier };
      const granted = await askForTokens(
        config,
        { grant_type: 'authorization_code', ...grant },
        this.#pauses.call,
      );
      await this.#tokens.connect(back.oaId, granted);
    } catch (error) {
      const refused = error instanceof GrantRefusedError;
      log.warn({ err: error }, 'Zalo could not be connected');
      return refused ? 'refused' : 'noAnswer';
    }
    await store.audit({
      at: this.#now(),
      actor: pending.agentId,
      action: 'zalo.connect',
      subject: back.oaId,
    });
    return null;
  }
}
