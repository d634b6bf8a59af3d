import type { Kysely, Selectable } from 'kysely';
import type { Application } from '../../dialogue/effect.ts';
import type { Store, VerificationRow } from '../contract.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

type Found = Selectable<Schema['verifications']> &
  Pick<Selectable<Schema['conversations']>, 'channel' | 'chat_id' | 'account_id' | 'language'>;

/** Companies' applications for their verification. What a company says of itself is sealed. */
export function createVerificationQueries(
  queries: Kysely<Schema>,
  vault: Vault,
): Pick<
  Store,
  | 'conversationsOf'
  | 'keepApplication'
  | 'waitingVerifications'
  | 'waitingVerificationsOf'
  | 'verification'
  | 'decideVerification'
> {
  const select = () =>
    queries
      .selectFrom('verifications as v')
      .innerJoin('conversations as c', 'c.conversation_id', 'v.conversation_id')
      .selectAll('v')
      .select(['c.channel', 'c.chat_id', 'c.account_id', 'c.language']);

  function rowOf(found: Found): VerificationRow {
    const text = vault.unseal('verification', found.verification_id, found.sealed);
    return {
      conversationId: found.conversation_id,
      channel: found.channel,
      chatId: found.chat_id,
      accountId: found.account_id,
      language: found.language,
      application: JSON.parse(text.toString('utf8')) as Application,
      status: found.status,
      decidedAt: found.decided_at,
      decidedBy: found.decided_by,
      reason: found.reason,
    };
  }

  return {
    async conversationsOf(accountId) {
      const rows = await queries
        .selectFrom('conversations')
        .select(['conversation_id', 'channel', 'chat_id'])
        .where('account_id', '=', accountId)
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        conversationId: row.conversation_id,
        channel: row.channel,
        chatId: row.chat_id,
      }));
    },
    async keepApplication(conversationId, application) {
      const { applicationId, submittedAt } = application;
      await queries
        .deleteFrom('verifications')
        .where('conversation_id', '=', conversationId)
        .where('status', '=', 'waiting')
        .where('submitted_at', '<', submittedAt)
        .execute();
      await queries
        .insertInto('verifications')
        .values({
          verification_id: applicationId,
          conversation_id: conversationId,
          status: 'waiting',
          submitted_at: submittedAt,
          sealed: vault.seal('verification', applicationId, JSON.stringify(application)),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async waitingVerifications(limit) {
      const rows = await select()
        .where('v.status', '=', 'waiting')
        .orderBy('v.submitted_at')
        .orderBy('v.verification_id')
        .limit(limit)
        .execute();
      return rows.map(rowOf);
    },
    async waitingVerificationsOf(accountId) {
      const rows = await select()
        .where('v.status', '=', 'waiting')
        .where('c.account_id', '=', accountId)
        .orderBy('v.submitted_at')
        .execute();
      return rows.map(rowOf);
    },
    async verification(applicationId) {
      const row = await select().where('v.verification_id', '=', applicationId).executeTakeFirst();
      return row ? rowOf(row) : null;
    },
    async decideVerification(applicationId, { status, reason, by, at }) {
      const { numUpdatedRows } = await queries
        .updateTable('verifications')
        .set({ status, reason, decided_by: by, decided_at: at })
        .where('verification_id', '=', applicationId)
        .where('status', '=', 'waiting')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
