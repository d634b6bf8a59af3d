import { existsSync } from 'node:fs';
import { StoreError } from '../errors.ts';
import { asStoreError as postgresError } from '../postgres/errors.ts';
import { openPostgresStore } from '../postgres/open.ts';
import { asStoreError as sqliteError } from '../sqlite/errors.ts';
import { openSqliteStore } from '../sqlite/open.ts';
import { Vault } from '../vault.ts';
import type { Progress, Source, Table, Target, Whereabouts } from './contract.ts';
import { openPostgresSource, openPostgresTarget } from './postgres-side.ts';
import { noFile, openSqliteSource, openSqliteTarget } from './sqlite-side.ts';
import { tablesInOrder } from './tables.ts';

/** Values at a time: PostgreSQL takes 65,535 in a statement, and photos are large. */
const VALUES = 2_000;
const PHOTOS = 4;

export interface CopyOptions {
  from: Whereabouts;
  /** Made, if need be. It must be empty, and nobody may use it. */
  to: Whereabouts;
  /** 32 bytes, that both are sealed with. */
  key: Buffer;
  /** Documents by their names that are not for this target. */
  without?: readonly string[];
  tell: (progress: Progress) => void;
}

/**
 * Copies everything from one store into another, in one transaction: what is interrupted leaves
 * nothing behind. What is copied is what there was at one moment.
 * @returns rows by table
 * @throws StoreError with a sentence for the operator; `conflict`: the target is not empty, or does
 * not hold what was read
 */
export async function copyStore(options: CopyOptions): Promise<Map<string, number>> {
  const { from, to, key, without = [], tell } = options;
  try {
    const source = await openSource(from, key);
    try {
      await make(to, key);
      const target = 'url' in to ? await openPostgresTarget(to.url) : openSqliteTarget(to.path);
      // Without `keep`, nothing of it stays.
      return await fill(source, target, without, tell).finally(() => target.close());
    } finally {
      await source.close();
    }
  } catch (cause) {
    throw explained(cause);
  }
}

function explained(cause: unknown): StoreError {
  const bySqlite =
    cause instanceof Error && 'code' in cause && String(cause.code).startsWith('ERR_SQLITE');
  return bySqlite ? sqliteError(cause) : postgresError(cause);
}

async function openSource(from: Whereabouts, key: Buffer): Promise<Source> {
  const vault = new Vault(key);
  if ('url' in from) return openPostgresSource(from.url, vault);
  if (!existsSync(from.path)) throw noFile(from.path);
  return openSqliteSource(from.path, vault);
}

/** As the assistant would: with its tables, and sealed with this key. */
async function make(to: Whereabouts, key: Buffer): Promise<void> {
  const open = 'url' in to ? openPostgresStore({ ...to, key }) : openSqliteStore({ ...to, key });
  await (await open).close();
}

async function fill(
  source: Source,
  target: Target,
  without: readonly string[],
  tell: (progress: Progress) => void,
): Promise<Map<string, number>> {
  const copied = new Map<string, number>();
  for (const table of tablesInOrder()) {
    const rows = await copyTable(source, target, table, tell);
    const there = await target.count(table);
    if (there !== rows) {
      const why = `${table.name}: ${rows} rows were read, ${there} are there.`;
      throw new StoreError('conflict', why);
    }
    const last = await source.lastNumber(table);
    if (last !== null) await target.goOnAfter(table, last);
    copied.set(table.name, rows);
  }
  for (const { name, value } of await source.documents()) {
    if (!without.some((one) => name === `document:${one}`)) await target.putDocument(name, value);
  }
  await target.keep();
  return copied;
}

async function copyTable(
  source: Source,
  target: Target,
  table: Table,
  tell: (progress: Progress) => void,
): Promise<number> {
  const total = await source.count(table);
  const large = table.columns.includes('sealed');
  const atATime = large ? PHOTOS : Math.floor(VALUES / table.columns.length);
  let done = 0;
  tell({ table: table.name, done, total });
  for await (const rows of source.rows(table, atATime)) {
    await target.put(table, rows);
    done += rows.length;
    tell({ table: table.name, done, total });
  }
  if (done === total) return done;
  throw new StoreError('conflict', `${table.name}: ${total} rows are there, ${done} were read.`);
}
