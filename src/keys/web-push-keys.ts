import { createECDH } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { VapidKeys } from '../channels/web/options.ts';
import type { Store } from '../store/contract.ts';
import { writeOnce } from './write-once.ts';

/** The keys of one process, in its storage folder. */
export const PUSH_KEYS_FILE = 'web-push.json';
/** The keys that processes share. */
export const PUSH_KEYS_DOCUMENT = 'webPushKeys';

/** Base64url, as browsers and push services take them: a point of 65 bytes and a number of 32. */
const KeysSchema = z
  .object({
    publicKey: z.string().regex(/^[\w-]{87}$/),
    privateKey: z.string().regex(/^[\w-]{43}$/),
  })
  .refine(({ publicKey, privateKey }) => publicKeyOf(privateKey) === publicKey);

/** The keys by which push services know this assistant cannot be had. */
export class WebPushKeysError extends Error {
  readonly code = 'webPushKeys';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WebPushKeysError';
  }
}

function publicKeyOf(privateKey: string): string | null {
  const pair = createECDH('prime256v1');
  try {
    pair.setPrivateKey(privateKey, 'base64url');
  } catch {
    return null;
  }
  return pair.getPublicKey('base64url');
}

/** A number below 2^248 has leading zeros, which ECDH drops and the keys' form wants. */
function makeKeys(): VapidKeys {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url');
  const bytes = pair.getPrivateKey();
  const padded = Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]);
  return { publicKey, privateKey: padded.toString('base64url') };
}

async function readKeys(path: string): Promise<VapidKeys | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new WebPushKeysError(`${path} cannot be read; check who may read it.`, { cause });
  }
  try {
    return KeysSchema.parse(JSON.parse(text));
  } catch {
    // The cause would quote the file.
    throw new WebPushKeysError(
      `${path} is damaged. Put the copy back that you saved, or delete it: new keys are made, and ` +
        'people are asked anew whether they want notifications.',
    );
  }
}

/**
 * The VAPID keys of this assistant, made once into `web-push.json` in the storage folder. Browsers
 * tie a permission to notify to them, so that they must outlive restarts.
 * @throws {WebPushKeysError} the file is damaged or unreadable
 */
export async function loadWebPushKeys(storageDir: string): Promise<VapidKeys> {
  const path = join(storageDir, PUSH_KEYS_FILE);
  const known = await readKeys(path);
  if (known) return known;
  await mkdir(storageDir, { recursive: true, mode: 0o700 });
  await writeOnce(path, `${JSON.stringify(makeKeys(), null, 2)}\n`);
  const made = await readKeys(path);
  if (!made)
    throw new WebPushKeysError(`${path} was removed while it was being made; start again.`);
  return made;
}

/**
 * The same keys for all processes over one store; the first ones are those in the storage folder,
 * if there are any.
 * @throws {WebPushKeysError} as above
 */
export async function loadSharedWebPushKeys(
  store: Pick<Store, 'document' | 'offerDocument'>,
  storageDir: string,
): Promise<VapidKeys> {
  const known = await store.document(PUSH_KEYS_DOCUMENT);
  if (known !== null) return KeysSchema.parse(JSON.parse(known));
  const first = (await readKeys(join(storageDir, PUSH_KEYS_FILE))) ?? makeKeys();
  const kept = await store.offerDocument(PUSH_KEYS_DOCUMENT, JSON.stringify(first), true);
  return KeysSchema.parse(JSON.parse(kept));
}
