import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Store } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { APPLICATION_ID, pragma } from '../sqlite/migrate.ts';
import { openSqliteStore } from '../sqlite/open.ts';
import type { Progress, Whereabouts } from './contract.ts';
import { copyStore } from './copy.ts';
import { wrongKey } from './refusals.ts';

export interface BackupOptions {
  file: string;
  /** 32 bytes; never part of the backup. */
  key: Buffer;
  tell: (progress: Progress) => void;
}

/**
 * Writes everything into one file, as it was at one moment, while assistants may run: a database of
 * SQLite, whichever engine it comes from, in gzip, whose checksum finds a damaged or cut file.
 * @param options.complete adds what does not lie in the store
 * @returns rows by table
 * @throws StoreError with a sentence for the operator
 */
export async function writeBackup(
  options: BackupOptions & { from: Whereabouts; complete: (backup: Store) => Promise<void> },
): Promise<Map<string, number>> {
  const { file, from, key, complete, tell } = options;
  if (existsSync(file)) {
    throw new StoreError('conflict', `${file} is there already; choose another name.`);
  }
  return inFolderBeside(file, async (folder) => {
    const path = join(folder, 'unbinding.db');
    const copied = await copyStore({ from, to: { path }, key, tell });
    const backup = await openSqliteStore({ path, key });
    await complete(backup).finally(() => backup.close());
    const packed = join(folder, 'packed');
    const output = createWriteStream(packed, { mode: 0o600 });
    await pipeline(createReadStream(path), createGzip(), output);
    await sync(packed);
    // Whole, or not there.
    await rename(packed, file);
    return copied;
  });
}

/**
 * Puts a backup into an empty store.
 * @param options.scratch a folder with room for the unpacked backup
 * @param options.without documents by their names that are not for the store
 * @param options.complete puts where it belongs what does not lie in the store
 * @returns rows by table
 * @throws StoreError with a sentence for the operator; then nothing was restored
 */
export async function readBackup(
  options: BackupOptions & {
    to: Whereabouts;
    scratch: string;
    without?: readonly string[];
    complete: (backup: Store) => Promise<void>;
  },
): Promise<Map<string, number>> {
  const { file, to, key, scratch, without = [], complete, tell } = options;
  return inFolderBeside(join(scratch, 'restore'), async (folder) => {
    const path = join(folder, 'unbinding.db');
    await unpack(file, path);
    // Of an older version, it is brought up to date; never the file itself.
    const backup = await openSqliteStore({ path, key }).catch((error: unknown) => {
      throw error instanceof StoreError && error.code === 'wrongKey' ? wrongKey(file) : error;
    });
    try {
      const copied = await copyStore({ from: { path }, to, key, without, tell });
      await complete(backup);
      return copied;
    } finally {
      await backup.close();
    }
  });
}

async function unpack(file: string, path: string): Promise<void> {
  if (!existsSync(file)) throw new StoreError('cannotOpen', `${file} is not there.`);
  try {
    await pipeline(
      createReadStream(file),
      createGunzip(),
      createWriteStream(path, { mode: 0o600 }),
    );
    const database = new DatabaseSync(path, { readOnly: true });
    const ours = pragma(database, 'application_id') === APPLICATION_ID;
    database.close();
    if (ours) return;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!/^Z_|^ERR_SQLITE/.test(code)) throw cause;
    throw damaged(file, cause);
  }
  throw damaged(file);
}

function damaged(file: string, cause?: unknown): StoreError {
  return new StoreError(
    'damaged',
    `${file} is damaged, was cut off, or is no backup of this assistant. Nothing was restored; ` +
      'take another copy.',
    { cause },
  );
}

/** What lies in the folder is gone afterwards, whatever happens. */
async function inFolderBeside<T>(path: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
}
