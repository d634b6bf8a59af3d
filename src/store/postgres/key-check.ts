import type { ClientBase } from 'pg';
import { StoreError } from '../errors.ts';
import type { Vault } from '../vault.ts';

const NAME = 'keyCheck';

/** Whether the key is the one that the database was sealed with; any is, while nothing is sealed. */
export async function keyOpens(client: ClientBase, vault: Vault): Promise<boolean> {
  const { rows } = await client.query('select value from meta where name = $1', [NAME]);
  if (rows.length === 0) return true;
  try {
    vault.unseal('keyCheck', NAME, Buffer.from(String(rows[0]?.value), 'base64'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds out at the start whether the key is the one that the database was sealed with. Of several
 * processes that come first at once, one leaves its mark and the others are held against it.
 * @throws StoreError `wrongKey`
 */
export async function checkKey(client: ClientBase, vault: Vault): Promise<void> {
  const sealed = vault.seal('keyCheck', NAME, NAME).toString('base64');
  await client.query('insert into meta (name, value) values ($1, $2) on conflict do nothing', [
    NAME,
    sealed,
  ]);
  if (await keyOpens(client, vault)) return;
  throw new StoreError(
    'wrongKey',
    'The database of DATABASE_URL was written with another key. Give the old one as SECRET_KEY.',
  );
}
