import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** A device's owner looks at it within days, or asks for another one. */
const LIVES_MS = 7 * 24 * 60 * 60_000;
const SHAPE = /^[A-Za-z0-9_-]{60,400}$/;

const ContentSchema = z.object({ caseId: z.string(), expiresAt: z.number() });

/**
 * Links to a page that shows how a case stands: `<PUBLIC_URL>/s/<token>`. A token holds the case and
 * its end, sealed with a key of its own, so that nobody makes, prolongs or reads one, and nothing of
 * it is stored.
 */
export class ShareLinks {
  readonly #key: Buffer;

  /** @param key the assistant's key, 32 bytes */
  constructor(key: Buffer) {
    this.#key = Buffer.from(hkdfSync('sha256', key, '', 'links to a case', 32));
  }

  make(caseId: string, now: number): { token: string; expiresAt: number } {
    const expiresAt = now + LIVES_MS;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, iv, { authTagLength: TAG_BYTES });
    const sealed = [cipher.update(JSON.stringify({ caseId, expiresAt })), cipher.final()];
    const token = Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
    return { token, expiresAt };
  }

  /** The case that a token shows now; null for one that has ended, or that was never made here. */
  read(token: string, now: number): { caseId: string; expiresAt: number } | null {
    if (!SHAPE.test(token)) return null;
    const whole = Buffer.from(token, 'base64url');
    const body = IV_BYTES + TAG_BYTES;
    try {
      const iv = whole.subarray(0, IV_BYTES);
      const decipher = createDecipheriv(ALGORITHM, this.#key, iv, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(whole.subarray(IV_BYTES, body));
      const text = Buffer.concat([decipher.update(whole.subarray(body)), decipher.final()]);
      const content = ContentSchema.parse(JSON.parse(text.toString('utf8')));
      return content.expiresAt > now ? content : null;
    } catch {
      return null;
    }
  }
}
