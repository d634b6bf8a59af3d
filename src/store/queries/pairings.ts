import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';

/** Codes by which scanners send what they see, each to one conversation, once. */
export function createPairingQueries(
  queries: Kysely<Schema>,
): Pick<Store, 'offerPairing' | 'claimPairing'> {
  return {
    async offerPairing({ codeHash, conversationId, formId, expiresAt }, now) {
      await queries
        .deleteFrom('pairings')
        .where((row) =>
          row.or([
            row('expires_at', '<=', now),
            row.and([row('conversation_id', '=', conversationId), row('scan_id', 'is', null)]),
          ]),
        )
        .execute();
      const { numInsertedOrUpdatedRows } = await queries
        .insertInto('pairings')
        .values({
          code_hash: codeHash,
          conversation_id: conversationId,
          form_id: formId,
          expires_at: expiresAt,
          scan_id: null,
        })
        .onConflict((conflict) => conflict.column('code_hash').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async claimPairing(codeHash, scanId, now) {
      // One statement decides: of two scans that come at once only one gets the row.
      const claimed = await queries
        .updateTable('pairings')
        .set({ scan_id: scanId })
        .where('code_hash', '=', codeHash)
        .where('expires_at', '>', now)
        .where((row) => row.or([row('scan_id', 'is', null), row('scan_id', '=', scanId)]))
        .returning(['conversation_id', 'form_id'])
        .executeTakeFirst();
      if (!claimed) return null;
      const conversation = await queries
        .selectFrom('conversations')
        .select(['channel', 'chat_id'])
        .where('conversation_id', '=', claimed.conversation_id)
        .executeTakeFirst();
      return conversation
        ? { channel: conversation.channel, chatId: conversation.chat_id, formId: claimed.form_id }
        : null;
    },
  };
}
