import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

/** Where platforms are reached, for those that say it with every delivery. */
export function createChannelAddressQueries(
  queries: Kysely<Schema>,
  vault: Vault,
  now: () => number,
): Pick<Store, 'keepAddress' | 'address' | 'keepFileLink' | 'fileLink'> {
  return {
    async keepAddress(channel, chatId, address) {
      const sealed = vault.seal('address', `${channel}:${chatId}`, address);
      await queries
        .insertInto('channel_addresses')
        .values({ channel, chat_id: chatId, sealed })
        .onConflict((conflict) => conflict.columns(['channel', 'chat_id']).doUpdateSet({ sealed }))
        .execute();
    },
    async address(channel, chatId) {
      const row = await queries
        .selectFrom('channel_addresses')
        .select('sealed')
        .where('channel', '=', channel)
        .where('chat_id', '=', chatId)
        .executeTakeFirst();
      return row ? vault.unseal('address', `${channel}:${chatId}`, row.sealed).toString() : null;
    },
    async keepFileLink(ref, link) {
      const row = { at: now(), sealed: vault.seal('fileLink', ref, link) };
      await queries
        .insertInto('file_links')
        .values({ ref, ...row })
        .onConflict((conflict) => conflict.column('ref').doUpdateSet(row))
        .execute();
    },
    async fileLink(ref) {
      const row = await queries
        .selectFrom('file_links')
        .select('sealed')
        .where('ref', '=', ref)
        .executeTakeFirst();
      return row ? vault.unseal('fileLink', ref, row.sealed).toString() : null;
    },
  };
}
