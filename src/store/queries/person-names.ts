import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import { nameOfPerson } from '../rows.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';
import { selectConversations } from './conversations.ts';

/** By what a chat's name is stored and sealed. */
function nameIdOf(channel: string, chatId: string): string {
  return `${channel}:${chatId}`;
}

/** What platforms call the people of their chats: sealed, and deleted with what those people sent. */
export function createPersonNameQueries(
  queries: Kysely<Schema>,
  vault: Vault,
): Pick<Store, 'keepPersonName' | 'personName' | 'namedConversations'> {
  return {
    async keepPersonName(channel, chatId, name) {
      const id = nameIdOf(channel, chatId);
      const sealed = vault.seal('personName', id, name);
      await queries
        .insertInto('person_names')
        .values({ name_id: id, sealed })
        .onConflict((conflict) => conflict.column('name_id').doUpdateSet({ sealed }))
        .execute();
    },
    async personName(channel, chatId) {
      const id = nameIdOf(channel, chatId);
      const row = await queries
        .selectFrom('person_names')
        .select('sealed')
        .where('name_id', '=', id)
        .executeTakeFirst();
      return row ? vault.unseal('personName', id, row.sealed).toString('utf8') : null;
    },
    async namedConversations(before, limit) {
      const named = selectConversations(queries)
        .where((or) =>
          or.or([or('p.name_id', 'is not', null), or('v.verification_id', 'is not', null)]),
        )
        .orderBy('c.id', 'desc')
        .limit(limit);
      const rows = await (before === 0 ? named : named.where('c.id', '<', before)).execute();
      return rows.map((row) => ({
        place: row.id,
        conversationId: row.conversation_id,
        name: nameOfPerson(row, vault) ?? '',
      }));
    },
  };
}
