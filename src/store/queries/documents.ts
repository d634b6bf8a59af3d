import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

const SEALED = 'sealed:';
const PLAIN = 'plain:';

/** Small texts by name, in rows of `meta` whose value says whether it is sealed. */
export function createDocumentQueries(
  queries: Kysely<Schema>,
  vault: Vault,
): Pick<Store, 'document' | 'putDocument' | 'offerDocument' | 'swapDocument' | 'dropDocument'> {
  const keyOf = (name: string) => `document:${name}`;

  function written(name: string, text: string, sealed: boolean): string {
    return sealed ? SEALED + vault.seal('document', name, text).toString('base64') : PLAIN + text;
  }

  function read(name: string, value: string): string {
    if (!value.startsWith(SEALED)) return value.slice(PLAIN.length);
    const bytes = Buffer.from(value.slice(SEALED.length), 'base64');
    return vault.unseal('document', name, bytes).toString('utf8');
  }

  async function storedAt(name: string): Promise<string | null> {
    const row = await queries
      .selectFrom('meta')
      .select('value')
      .where('name', '=', keyOf(name))
      .executeTakeFirst();
    return row?.value ?? null;
  }

  async function document(name: string): Promise<string | null> {
    const value = await storedAt(name);
    return value === null ? null : read(name, value);
  }

  return {
    document,
    async putDocument(name, text, sealed) {
      const value = written(name, text, sealed);
      await queries
        .insertInto('meta')
        .values({ name: keyOf(name), value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
    async offerDocument(name, text, sealed) {
      await queries
        .insertInto('meta')
        .values({ name: keyOf(name), value: written(name, text, sealed) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await document(name)) ?? text;
    },
    async swapDocument(name, before, text, sealed) {
      const value = await storedAt(name);
      if (value === null || read(name, value) !== before) return false;
      // Compared as it lies there: a text that is sealed again differs, so that no change is missed.
      const { numUpdatedRows } = await queries
        .updateTable('meta')
        .set({ value: written(name, text, sealed) })
        .where('name', '=', keyOf(name))
        .where('value', '=', value)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async dropDocument(name) {
      await queries.deleteFrom('meta').where('name', '=', keyOf(name)).execute();
    },
  };
}
