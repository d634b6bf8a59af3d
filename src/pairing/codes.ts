import { createHash, randomInt } from 'node:crypto';

/** Without what people mistake for one another: 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B. */
const ALPHABET = '34679ACDEFGHJKMNPQRTUVWXY';
const LENGTH = 8;
const SHAPE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** A new code, such as "K7FQ-3XMD": 37 random bits, for a few minutes and a single use. */
export function makeCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** What is kept of a code; null for a text that can be none. Spaces, dashes and case do not count. */
export function hashOf(code: string): string | null {
  const plain = code.toUpperCase().replace(/[\s-]/g, '');
  return SHAPE.test(plain) ? createHash('sha256').update(plain).digest('base64url') : null;
}
