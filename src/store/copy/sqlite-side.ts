import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { keyOpens } from '../sqlite/key-check.ts';
import { versionOf } from '../sqlite/migrate.ts';
import { MIGRATIONS } from '../sqlite/migrations.ts';
import type { Vault } from '../vault.ts';
import type { Source, Table, Target, Value } from './contract.ts';
import { refuseFilled, wrongKey, wrongVersion } from './refusals.ts';

function countIn(database: DatabaseSync, { name }: Table): number {
  return Number(database.prepare(`select count(*) as count from ${name}`).get()?.count);
}

/** The columns that number rows by themselves. */
function numberOf(database: DatabaseSync, { name }: Table): string | null {
  const keys = database
    .prepare('select name, type from pragma_table_info(?) where pk > 0')
    .all(name);
  const [key] = keys;
  return keys.length === 1 && key?.type === 'INTEGER' ? String(key.name) : null;
}

/**
 * Reads a file, also while an assistant writes to it: one read transaction sees one moment.
 * @throws StoreError `cannotOpen`, `otherVersion`, `wrongKey`, or what SQLite says
 */
export function openSqliteSource(path: string, vault: Vault): Source {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    if (versionOf(database, path) !== MIGRATIONS.length) throw wrongVersion(path);
    if (!keyOpens(database, vault)) throw wrongKey(path);
    // The first reading begins it.
    database.exec('begin; select count(*) from meta');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    count: async (table) => countIn(database, table),
    async *rows({ name, columns }, atATime) {
      const all = database.prepare(`select ${columns.join(', ')} from ${name}`);
      let piece: Value[][] = [];
      for (const row of all.iterate()) {
        piece.push(columns.map((column) => row[column] ?? null));
        if (piece.length < atATime) continue;
        yield piece;
        piece = [];
      }
      if (piece.length > 0) yield piece;
    },
    async lastNumber(table) {
      const column = numberOf(database, table);
      if (column === null) return null;
      // Also of rows that are gone: numbers of effects and timers never come back.
      const last = database
        .prepare(
          `select max(coalesce((select max(${column}) from ${table.name}), 0),
             coalesce((select seq from sqlite_sequence where name = ?), 0)) as last`,
        )
        .get(table.name);
      return Number(last?.last);
    },
    async documents() {
      const rows = database.prepare(`select name, value from meta where name like 'document:%'`);
      return rows.all().map(({ name, value }) => ({ name: String(name), value: String(value) }));
    },
    async close() {
      database.close();
    },
  };
}

/**
 * Fills a file that this version has made.
 * @throws StoreError `conflict`: it holds conversations, people or tokens already
 */
export function openSqliteTarget(path: string): Target {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  try {
    database.exec('pragma synchronous = full; begin immediate');
    const filled = database
      .prepare(
        `select exists (select 1 from conversations union select 1 from agents
           union select 1 from api_tokens) as filled`,
      )
      .get();
    if (filled?.filled) throw refuseFilled(path);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    async put({ name, columns }, rows) {
      const places = columns.map(() => '?').join(', ');
      const insert = database.prepare(
        `insert into ${name} (${columns.join(', ')}) values (${places})`,
      );
      for (const row of rows) insert.run(...row);
    },
    count: async (table) => countIn(database, table),
    async goOnAfter({ name }, number) {
      const counts = database
        .prepare(`select sql like '%autoincrement%' as counts from sqlite_schema where name = ?`)
        .get(name);
      if (!counts?.counts) return;
      database.prepare('delete from sqlite_sequence where name = ?').run(name);
      database.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(name, number);
    },
    async putDocument(name, value) {
      database.prepare('insert or replace into meta (name, value) values (?, ?)').run(name, value);
    },
    async keep() {
      database.exec('commit');
    },
    async close() {
      database.close();
    },
  };
}

/** Makes sure that there is a file, which SQLite would make. */
export function noFile(path: string): StoreError {
  return new StoreError(
    'cannotOpen',
    `${path} is not there; check STORAGE_DIR, or give DATABASE_URL if the data lies in PostgreSQL.`,
  );
}
