import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { Vault } from '../vault.ts';

const NAME = 'keyCheck';

/** Whether the key is the one that the database was sealed with; any is, while nothing is sealed. */
export function keyOpens(database: DatabaseSync, vault: Vault): boolean {
  const stored = database.prepare('select value from meta where name = ?').get(NAME)?.value;
  if (typeof stored !== 'string') return true;
  try {
    vault.unseal('keyCheck', NAME, Buffer.from(stored, 'base64'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds out at the start whether the key is the one that the database was sealed with, instead of
 * at the first secret that somebody needs.
 * @throws StoreError `wrongKey`
 */
export function checkKey(database: DatabaseSync, path: string, vault: Vault): void {
  if (!database.prepare('select 1 from meta where name = ?').get(NAME)) {
    const sealed = vault.seal('keyCheck', NAME, NAME).toString('base64');
    database.prepare('insert into meta (name, value) values (?, ?)').run(NAME, sealed);
  }
  if (keyOpens(database, vault)) return;
  throw new StoreError(
    'wrongKey',
    `${path} was written with another key. Give the old one as SECRET_KEY, or put secret.key back.`,
  );
}
