import { z } from 'zod';
import { SealedTokens } from '../server/sealed-tokens.ts';

/** A device's owner looks at it within days, or asks for another one. */
const LIVES_MS = 7 * 24 * 60 * 60_000;

const ContentSchema = z.object({ caseId: z.string(), expiresAt: z.number() });

/** Links to a page that shows how a case stands: `<PUBLIC_URL>/s/<token>`. */
export class ShareLinks {
  readonly #tokens: SealedTokens;

  /** @param key the assistant's key, 32 bytes */
  constructor(key: Buffer) {
    this.#tokens = new SealedTokens(key, 'links to a case');
  }

  make(caseId: string, now: number): { token: string; expiresAt: number } {
    const expiresAt = now + LIVES_MS;
    return { token: this.#tokens.seal(JSON.stringify({ caseId, expiresAt })), expiresAt };
  }

  /** The case that a token shows now; null for one that has ended, or that was never made here. */
  read(token: string, now: number): { caseId: string; expiresAt: number } | null {
    const text = this.#tokens.open(token);
    const content = text === null ? null : ContentSchema.parse(JSON.parse(text));
    return content && content.expiresAt > now ? content : null;
  }
}
