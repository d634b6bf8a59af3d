import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { MIGRATIONS } from './migrations.ts';

/** Marks a file as ours, in SQLite's header: "UBND". */
export const APPLICATION_ID = 0x55_42_4e_44;

export function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`pragma ${name}`).get()?.[name]);
}

function refuseForeign(database: DatabaseSync, path: string): void {
  const id = pragma(database, 'application_id');
  const tables = database.prepare('select count(*) as count from sqlite_schema').get();
  if (id === APPLICATION_ID || (id === 0 && tables?.count === 0)) return;
  throw new StoreError(
    'foreignDatabase',
    `${path} is a database of another program; move it away, or choose another STORAGE_DIR.`,
  );
}

/**
 * The version of the tables: how many migrations ran; 0 for an empty file.
 * @throws StoreError `foreignDatabase`
 */
export function versionOf(database: DatabaseSync, path: string): number {
  refuseForeign(database, path);
  return pragma(database, 'user_version');
}

/**
 * Brings the database to the newest version, each step in a transaction of its own.
 * @throws StoreError `foreignDatabase`, `newerDatabase`
 */
export function migrate(database: DatabaseSync, path: string, migrations = MIGRATIONS): void {
  const version = versionOf(database, path);
  if (version > migrations.length) {
    throw new StoreError(
      'newerDatabase',
      `${path} was written by a newer assistant (version ${version} of its tables, this one knows ` +
        `${migrations.length}). Start that one, or put back the copy from before the update.`,
    );
  }
  for (const [index, { sql }] of migrations.entries()) {
    if (index < version) continue;
    database.exec('begin immediate');
    try {
      database.exec(sql);
      database.exec(`pragma application_id = ${APPLICATION_ID}`);
      database.exec(`pragma user_version = ${index + 1}`);
      database.exec('commit');
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      throw error;
    }
  }
}
