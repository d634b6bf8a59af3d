import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SHAPE = /^[A-Za-z0-9_-]{40,400}$/;

/**
 * Tokens of links that hold what they are about, sealed: nobody makes, changes or reads one without
 * the key, and nothing of them is stored.
 */
export class SealedTokens {
  readonly #key: Buffer;

  /**
   * @param key the assistant's key, 32 bytes
   * @param purpose a token of one purpose does not open for another
   */
  constructor(key: Buffer, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
  }

  /** Base64url. */
  seal(text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, iv, { authTagLength: TAG_BYTES });
    const sealed = [cipher.update(text, 'utf8'), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
  }

  /** What a token holds; null for one that was never made here. */
  open(token: string): string | null {
    if (!SHAPE.test(token)) return null;
    const whole = Buffer.from(token, 'base64url');
    const body = IV_BYTES + TAG_BYTES;
    try {
      const iv = whole.subarray(0, IV_BYTES);
      const decipher = createDecipheriv(ALGORITHM, this.#key, iv, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(whole.subarray(IV_BYTES, body));
      return Buffer.concat([decipher.update(whole.subarray(body)), decipher.final()]).toString();
    } catch {
      return null;
    }
  }
}
