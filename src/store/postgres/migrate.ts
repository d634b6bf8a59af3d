import type { ClientBase } from 'pg';
import { StoreError } from '../errors.ts';
import { MIGRATIONS } from './migrations.ts';

/** Names our advisory lock among those of the database: "UBND". */
const LOCK = 0x55_42_4e_44;

/**
 * The version of the tables: how many migrations ran; 0 for an empty schema.
 * @throws StoreError `foreignDatabase`
 */
export async function versionOf(client: ClientBase): Promise<number> {
  const { rows } = await client.query(
    `select table_name from information_schema.tables where table_schema = current_schema()`,
  );
  if (rows.length === 0) return 0;
  const ours = rows.some(({ table_name }) => table_name === 'unbinding_version');
  if (!ours) {
    throw new StoreError(
      'foreignDatabase',
      'The database of DATABASE_URL has tables of another program; give the assistant one of its own.',
    );
  }
  const version = await client.query('select version from unbinding_version');
  return Number(version.rows[0]?.version ?? 0);
}

/**
 * Brings the database to the newest version, each step in a transaction of its own. Of several
 * processes that start at once, one does it and the others wait.
 * @throws StoreError `foreignDatabase`, `newerDatabase`
 */
export async function migrate(client: ClientBase, migrations = MIGRATIONS): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    const version = await versionOf(client);
    if (version > migrations.length) {
      throw new StoreError(
        'newerDatabase',
        `The database of DATABASE_URL was written by a newer assistant (version ${version} of its ` +
          `tables, this one knows ${migrations.length}). Start that one, or put back the copy from ` +
          'before the update.',
      );
    }
    for (const [index, { sql }] of migrations.entries()) {
      if (index < version) continue;
      // One message is one transaction: it is written whole, or not at all.
      await client.query(
        `begin;
         create table if not exists unbinding_version (version integer not null);
         ${sql}
         delete from unbinding_version;
         insert into unbinding_version values (${index + 1});
         commit`,
      );
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
  }
}
