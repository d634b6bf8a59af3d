import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';

/** Messages of platforms that a later line may take the place of. */
export function createShownMessageQueries(
  queries: Kysely<Schema>,
  now: () => number,
): Pick<Store, 'keepShownMessage' | 'shownMessage'> {
  return {
    async keepShownMessage(conversationId, progress, messageId) {
      const row = { message_id: messageId, at: now() };
      await queries
        .insertInto('shown_messages')
        .values({ conversation_id: conversationId, progress, ...row })
        .onConflict((conflict) =>
          conflict.columns(['conversation_id', 'progress']).doUpdateSet(row),
        )
        .execute();
    },
    async shownMessage(conversationId, progress) {
      const row = await queries
        .selectFrom('shown_messages')
        .select('message_id')
        .where('conversation_id', '=', conversationId)
        .where('progress', '=', progress)
        .executeTakeFirst();
      return row?.message_id ?? null;
    },
  };
}
