import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { DeskError } from './errors.ts';
import { createQueue } from './queue.ts';

/**
 * OWASP's advice for 32 MiB (Password Storage Cheat Sheet): some 250 ms each, dear for who guesses,
 * bearable for who signs in.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const BYTES = 32;
const SHAPE = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9+/]+=*)\$([A-Za-z0-9+/]+=*)$/;

/** The threads that hash also read files and photos: hashing never takes them all. */
const hashing = createQueue(2, 40);

/** @throws DeskError `tooFast` when too many wait already */
async function derive(
  password: string,
  salt: Buffer,
  bytes: number,
  cost: typeof COST,
): Promise<Buffer> {
  if (hashing.full) throw new DeskError('tooFast', { seconds: '10' }, { retryAfter: 10 });
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return hashing.run(
    () =>
      new Promise((resolve, reject) => {
        // The same letters typed on another system may be composed otherwise.
        scrypt(password.normalize('NFC'), salt, bytes, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
}

/** @returns `scrypt$N$r$p$salt$hash`, salt and hash in base64 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, BYTES, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** Fits no password, and costs as much to try. */
const NOBODY = [
  'scrypt',
  COST.N,
  COST.r,
  COST.p,
  randomBytes(16).toString('base64'),
  randomBytes(BYTES).toString('base64'),
].join('$');

/**
 * Whether the password is the one behind the stored hash. Takes as long when there is none, so that
 * nobody learns which logins exist.
 * @param stored as `hashPassword` made it, or null for an unknown login
 */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = SHAPE.exec(stored ?? NOBODY);
  if (!parts) throw new Error('A stored password hash has an unknown shape.');
  const [, N, r, p, salt = '', hash = ''] = parts;
  const expected = Buffer.from(hash, 'base64');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derive(password, Buffer.from(salt, 'base64'), expected.length, cost);
  return timingSafeEqual(found, expected) && stored !== null;
}
