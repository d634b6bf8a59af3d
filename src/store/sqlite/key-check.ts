import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import type { Vault } from '../vault.ts';

const NAME = 'keyCheck';

/**
 * Finds out at the start whether the key is the one that the database was sealed with, instead of
 * at the first secret that somebody needs.
 * @throws StoreError `wrongKey`
 */
export function checkKey(database: DatabaseSync, path: string, vault: Vault): void {
  const stored = database.prepare('select value from meta where name = ?').get(NAME)?.value;
  if (typeof stored !== 'string') {
    const sealed = vault.seal('keyCheck', NAME, NAME).toString('base64');
    database.prepare('insert into meta (name, value) values (?, ?)').run(NAME, sealed);
    return;
  }
  try {
    vault.unseal('keyCheck', NAME, Buffer.from(stored, 'base64'));
  } catch (cause) {
    throw new StoreError(
      'wrongKey',
      `${path} was written with another key. Give the old one as SECRET_KEY, or put secret.key back.`,
      { cause },
    );
  }
}
