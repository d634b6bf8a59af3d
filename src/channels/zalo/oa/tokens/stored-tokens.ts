import { z } from 'zod';
import type { Store } from '../../../../store/contract.ts';
import type { Granted } from './oauth.ts';

const NAME = 'zaloOa.tokens';
/** A refresh token lives three months from its making. */
const REFRESH_LIVES_MS = 90 * 24 * 3_600_000;

const TokensSchema = z.object({
  oaId: z.string(),
  /** Rises with every pair, and tells a late result of a refresh from a newer pair. */
  generation: z.number().int(),
  accessToken: z.string(),
  refreshToken: z.string(),
  accessExpiresAt: z.number(),
  refreshExpiresAt: z.number(),
  /** Who refreshes now, and until when nobody else begins to. */
  lease: z.object({ by: z.string(), until: z.number() }).nullable(),
  /** When Zalo refused the refresh token: from then on only a human's consent helps. */
  refusedAt: z.number().nullable(),
});
export type Tokens = z.infer<typeof TokensSchema>;

/** The pair as it is stored, with the text by which its change is compared. */
export interface Stored {
  tokens: Tokens;
  text: string;
}

/** The account's tokens in the store: one sealed document, changed by comparing. */
export class StoredTokens {
  readonly #store: Pick<Store, 'document' | 'putDocument' | 'swapDocument'>;

  constructor(store: Pick<Store, 'document' | 'putDocument' | 'swapDocument'>) {
    this.#store = store;
  }

  /** Null when no account was ever connected. */
  async read(): Promise<Stored | null> {
    const text = await this.#store.document(NAME);
    return text === null ? null : { tokens: TokensSchema.parse(JSON.parse(text)), text };
  }

  /** Changes it, unless it was changed meanwhile: then null. */
  async change(before: Stored, change: Partial<Tokens>): Promise<Stored | null> {
    const tokens = { ...before.tokens, ...change };
    const text = JSON.stringify(tokens);
    return (await this.#store.swapDocument(NAME, before.text, text, true))
      ? { tokens, text }
      : null;
  }

  /** Puts a pair that a human has just consented to, whatever is there. */
  async connect(oaId: string, granted: Granted, now: number): Promise<void> {
    const generation = ((await this.read())?.tokens.generation ?? 0) + 1;
    const tokens: Tokens = { oaId, ...pairOf(granted, generation, now) };
    await this.#store.putDocument(NAME, JSON.stringify(tokens), true);
  }
}

/** What a granted pair changes. */
export function pairOf(granted: Granted, generation: number, now: number): Omit<Tokens, 'oaId'> {
  return {
    generation,
    accessToken: granted.accessToken,
    refreshToken: granted.refreshToken,
    accessExpiresAt: now + granted.expiresIn * 1000,
    refreshExpiresAt: now + REFRESH_LIVES_MS,
    lease: null,
    refusedAt: null,
  };
}
