import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Config, loadConfig } from './config.ts';
import { offerFirst, printShared, putShared } from './office/places.ts';
import { moveRows, type Progress } from './store/move.ts';
import { openPostgresStore } from './store/postgres/open.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import { loadSharedWebPushKeys } from './web-push-keys.ts';

const USAGE = `npm run store -- <command>     (DATABASE_URL and SECRET_KEY as for the assistant)

  move          carries everything from STORAGE_DIR to PostgreSQL; no assistant may run meanwhile
  book          prints the office book that the processes over PostgreSQL share
  book <file>   puts an edited one in force`;

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

/** One line that is rewritten, or one line a table where nobody watches. */
function showProgress({ table, done, total }: Progress): void {
  if (!process.stdout.isTTY) return;
  const share = total === 0 ? 1 : done / total;
  const bar = '█'.repeat(Math.round(share * 20)).padEnd(20, '·');
  process.stdout.write(`\r${bar} ${table} ${done} of ${total}\u001b[K`);
}

async function move(config: Config): Promise<void> {
  const { url, key } = shared(config);
  const path = join(config.storageDir, 'unbinding.db');
  // Opened as the assistant opens them: both are up to date, ours, and sealed with this key.
  const from = await openSqliteStore({ path, key });
  const to = await openPostgresStore({ url, key });
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const moved = await moveRows(path, client, showProgress);
    await offerFirst(to, config.storageDir);
    await loadSharedWebPushKeys(to, config.storageDir);
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
    for (const [table, count] of moved) console.log(`${table.padEnd(20)} ${count}`);
    console.log(`Everything is in PostgreSQL, counted. ${path} is as it was; keep it as a copy.`);
  } finally {
    await client.end();
    await to.close();
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

async function main([command, file]: string[]): Promise<void> {
  if (command === 'move') return move(loadConfig());
  if (command === 'book') return book(loadConfig(), file);
  throw new UsageError(USAGE);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const forPeople = error instanceof Error && 'code' in error;
  console.error(forPeople ? error.message : error);
  process.exitCode = 1;
}
