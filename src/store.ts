import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Config, loadConfig } from './config.ts';
import { makeToken, NewTokenSchema, ScopeSchema } from './desk/operators/tokens.ts';
import { replaceFile } from './keys/replace-file.ts';
import { findSecretKey } from './keys/secret-key.ts';
import { loadSharedWebPushKeys, PUSH_KEYS_DOCUMENT, PUSH_KEYS_FILE } from './keys/web-push-keys.ts';
import { BOOK_DOCUMENT, BOOK_FILE, offerFirst, printShared, putShared } from './office/places.ts';
import type { Store } from './store/contract.ts';
import { readBackup, writeBackup } from './store/copy/backup.ts';
import type { Progress, Whereabouts } from './store/copy/contract.ts';
import { copyStore } from './store/copy/copy.ts';
import { openPostgresStore } from './store/postgres/open.ts';
import { openSqliteStore } from './store/sqlite/open.ts';

const USAGE = `npm run store -- <command>     (DATABASE_URL, STORAGE_DIR and SECRET_KEY as for the assistant)

  backup <file>   writes everything but the key into one file, while assistants may run
  restore <file>  puts a backup into an empty store, of either kind; no assistant may run meanwhile
  move            carries everything from STORAGE_DIR to PostgreSQL; no assistant may run meanwhile
  book            prints the office book that the processes over PostgreSQL share
  book <file>     puts an edited one in force

  token add <name> <scopes> [days]   makes a token for /api/operators, shown once; scopes are some of
                                     ${ScopeSchema.options.join(',')}
  token list                         names the tokens
  token drop <name>                  puts one out of force, at once
  Without PostgreSQL the assistant must be stopped meanwhile`;

const WITHOUT_THE_KEY = `The key is NOT in it: keep SECRET_KEY, or the content of secret.key, in another place.
Without the key nobody can open the photos, SADP strings and events set aside that are in the backup,
and those who took notifications have to be asked anew. Conversations, cases and people can be read
by whoever has the file: keep it like the database itself.`;

/** A call that cannot be carried out, in words for whoever typed it. */
class UsageError extends Error {
  readonly code = 'usage';
}

function shared({ databaseUrl, secretKey }: Config): { url: string; key: Buffer } {
  if (databaseUrl !== null && secretKey !== null) return { url: databaseUrl, key: secretKey };
  throw new UsageError(
    'DATABASE_URL is not set. Without PostgreSQL, the office book is office.json in STORAGE_DIR.',
  );
}

function databaseIn(storageDir: string): string {
  return join(storageDir, 'unbinding.db');
}

function whereabouts({ databaseUrl, storageDir }: Config): Whereabouts {
  return databaseUrl === null ? { path: databaseIn(storageDir) } : { url: databaseUrl };
}

async function keyOf(config: Config): Promise<Buffer> {
  const key = await findSecretKey(config);
  if (key) return key;
  throw new UsageError(
    `There is no key: give as SECRET_KEY the one that the data was written with, or put its ` +
      `secret.key into ${config.storageDir}.`,
  );
}

/** One line that is rewritten, where somebody watches. */
function showProgress({ table, done, total }: Progress): void {
  if (!process.stdout.isTTY) return;
  const share = total === 0 ? 1 : done / total;
  const bar = '█'.repeat(Math.round(share * 20)).padEnd(20, '·');
  process.stdout.write(`\r${bar} ${table} ${done} of ${total}\u001b[K`);
}

function showCounts(copied: ReadonlyMap<string, number>): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  for (const [table, count] of copied) console.log(`${table.padEnd(20)} ${count}`);
}

async function backup(config: Config, file: string): Promise<void> {
  const key = await keyOf(config);
  const from = whereabouts(config);
  // Beside PostgreSQL nothing lies in files.
  const complete = 'url' in from ? async () => {} : (one: Store) => takeFiles(one, config);
  showCounts(await writeBackup({ file, from, key, complete, tell: showProgress }));
  console.log(`Everything is in ${file}, counted.\n${WITHOUT_THE_KEY}`);
}

/** What people edit, or browsers know, lies beside the database of one process. */
async function takeFiles(store: Store, { storageDir }: Config): Promise<void> {
  await offerFirst(store, storageDir);
  await loadSharedWebPushKeys(store, storageDir);
}

async function restore(config: Config, file: string): Promise<void> {
  const { storageDir } = config;
  const key = await keyOf(config);
  const to = whereabouts(config);
  const intoFiles = 'path' in to;
  await mkdir(storageDir, { recursive: true, mode: 0o700 });
  const copied = await readBackup({
    file,
    to,
    key,
    scratch: storageDir,
    without: intoFiles ? [BOOK_DOCUMENT, PUSH_KEYS_DOCUMENT] : [],
    complete: intoFiles ? (from) => putFiles(from, storageDir) : async () => {},
    tell: showProgress,
  });
  showCounts(copied);
  console.log(
    `Everything of ${file} is there again, counted, and the key opens it. What came after the backup ` +
      'is not; what was about to be sent at its moment may be sent once more.',
  );
}

async function putFiles(backedUp: Store, storageDir: string): Promise<void> {
  const files: [string, string][] = [
    [BOOK_DOCUMENT, BOOK_FILE],
    [PUSH_KEYS_DOCUMENT, PUSH_KEYS_FILE],
  ];
  for (const [document, name] of files) {
    const text = await backedUp.document(document);
    const aside = text === null ? null : await replaceFile(join(storageDir, name), text);
    if (aside) console.log(`The ${name} that was there before is now ${aside}.`);
  }
}

async function move(config: Config): Promise<void> {
  const { url, key } = shared(config);
  const path = databaseIn(config.storageDir);
  // As the assistant opens it: brought up to date, and no assistant can start meanwhile.
  const from = await openSqliteStore({ path, key });
  try {
    const copied = await copyStore({ from: { path }, to: { url }, key, tell: showProgress });
    const to = await openPostgresStore({ url, key });
    await takeFiles(to, config).finally(() => to.close());
    showCounts(copied);
    console.log(`Everything is in PostgreSQL, counted. ${path} is as it was; keep it as a copy.`);
  } finally {
    await from.close();
  }
}

async function book(config: Config, file: string | undefined): Promise<void> {
  const store = await openPostgresStore(shared(config));
  try {
    if (file === undefined) {
      await offerFirst(store, config.storageDir);
      process.stdout.write(await printShared(store));
    } else {
      await putShared(store, await readFile(file, 'utf8'));
      console.log('In force within seconds, in every process.');
    }
  } finally {
    await store.close();
  }
}

async function openWherever(config: Config): Promise<Store> {
  const key = await keyOf(config);
  if (config.databaseUrl !== null) return openPostgresStore({ url: config.databaseUrl, key });
  return openSqliteStore({ path: databaseIn(config.storageDir), key });
}

async function addToken(store: Store, [name, scopes, days]: string[]): Promise<void> {
  const wanted = NewTokenSchema.safeParse({
    name,
    scopes: scopes?.split(','),
    days: days === undefined ? null : Number(days),
  });
  if (!wanted.success) throw new UsageError(`${z.prettifyError(wanted.error)}\n\n${USAGE}`);
  const token = await makeToken(store, wanted.data, { by: 'operator', now: Date.now() });
  if (token === null) throw new UsageError(`There is a token "${name}" already; drop it first.`);
  console.log(`${token}\n\nIt is shown this once. Send it as: Authorization: Bearer <token>`);
}

async function token(config: Config, [what, ...rest]: string[]): Promise<void> {
  if (!['add', 'list', 'drop'].includes(what ?? '')) throw new UsageError(USAGE);
  const store = await openWherever(config);
  try {
    if (what === 'add') await addToken(store, rest);
    else if (what === 'list') {
      for (const { name, scopes, expiresAt } of await store.apiTokens()) {
        const until = expiresAt === null ? '' : ` until ${new Date(expiresAt).toISOString()}`;
        console.log(`${name}: ${scopes.join(', ')}${until}`);
      }
    } else {
      const [name = ''] = rest;
      if (!(await store.dropApiToken(name))) throw new UsageError(`There is no token "${name}".`);
      const line = { at: Date.now(), actor: 'operator', action: 'token.drop', subject: name };
      await store.audit(line);
      console.log(`The token "${name}" is no longer in force.`);
    }
  } finally {
    await store.close();
  }
}

async function main([command, file, ...more]: string[]): Promise<void> {
  if (command === 'backup' && file !== undefined) return backup(loadConfig(), resolve(file));
  if (command === 'restore' && file !== undefined) return restore(loadConfig(), resolve(file));
  if (command === 'move') return move(loadConfig());
  if (command === 'book') return book(loadConfig(), file);
  if (command === 'token') return token(loadConfig(), [file ?? '', ...more]);
  throw new UsageError(USAGE);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const forPeople = error instanceof Error && 'code' in error;
  console.error(forPeople ? error.message : error);
  process.exitCode = 1;
}
