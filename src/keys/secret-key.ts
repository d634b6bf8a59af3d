import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { writeOnce } from './write-once.ts';

const FILE = 'secret.key';
const KEY_BYTES = 32;

/** The key that opens what the storage folder keeps encrypted cannot be had. */
export class SecretKeyError extends Error {
  readonly code = 'secretKey';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SecretKeyError';
  }
}

export interface LoadedKey {
  /** 32 bytes. */
  key: Buffer;
  /** A sentence for the operator, or null. */
  warning: string | null;
}

/** The file's key, or null when there is no file. */
async function readKey(path: string): Promise<Buffer | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new SecretKeyError(`${path} cannot be read; check who may read it.`, { cause });
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES || key.toString('base64') !== text.trim()) {
    throw new SecretKeyError(
      `${path} is damaged: it must hold ${KEY_BYTES} bytes in base64. Put the copy back that you ` +
        'saved, or give that key as SECRET_KEY; a new key cannot open what the old one closed.',
    );
  }
  return key;
}

/** A lost key beside a kept database must be noticed before a new key hides the loss. */
async function refuseIfDataIsThere(folder: string): Promise<void> {
  const database = (await readdir(folder)).find((name) => /\.(db|sqlite3?)$/.test(name));
  if (!database) return;
  throw new SecretKeyError(
    `${join(folder, FILE)} is gone, but ${database} is there and was written with it. Put the key ` +
      'back or give it as SECRET_KEY; to begin anew, move the whole storage folder away.',
  );
}

/**
 * The key as `loadSecretKey` gives it, but never a new one: null when there is none yet.
 * @throws {SecretKeyError} the file is damaged or unreadable
 */
export async function findSecretKey(
  config: Pick<Config, 'secretKey' | 'storageDir'>,
): Promise<Buffer | null> {
  return config.secretKey ?? readKey(join(config.storageDir, FILE));
}

/**
 * The key for secrets and photos at rest: SECRET_KEY, or else one that is generated once into
 * `secret.key` in the storage folder, readable by this user only.
 * @throws {SecretKeyError} the file is damaged, unreadable, or gone while its database is there
 */
export async function loadSecretKey(
  config: Pick<Config, 'secretKey' | 'storageDir'>,
): Promise<LoadedKey> {
  if (config.secretKey) return { key: config.secretKey, warning: null };
  const path = join(config.storageDir, FILE);
  await mkdir(config.storageDir, { recursive: true, mode: 0o700 });
  let key = await readKey(path);
  if (!key) {
    await refuseIfDataIsThere(config.storageDir);
    await writeOnce(path, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    key = await readKey(path);
  }
  if (!key) throw new SecretKeyError(`${path} was removed while it was being made; start again.`);

  const open = process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0;
  if (open) await chmod(path, 0o600);
  return {
    key,
    warning:
      `The key that protects stored secrets and photos lies beside them, in ${path}. ` +
      'Move it: give its content as SECRET_KEY, keep a copy elsewhere, then delete the file.' +
      (open ? ' Others on this machine could read it until now.' : ''),
  };
}
