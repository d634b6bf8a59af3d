import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';

/** Links by which somebody sends files into their conversation. */
export function createUploadLinkQueries(
  queries: Kysely<Schema>,
): Pick<Store, 'addUploadLink' | 'uploadLink' | 'useUploadLink'> {
  return {
    async addUploadLink({ tokenHash, channel, chatId, expiresAt }) {
      await queries
        .insertInto('upload_links')
        .values({
          token_hash: tokenHash,
          channel,
          chat_id: chatId,
          expires_at: expiresAt,
          used_at: null,
        })
        .execute();
    },
    async uploadLink(tokenHash) {
      const row = await queries
        .selectFrom('upload_links')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (!row) return null;
      const { channel, chat_id: chatId, expires_at: expiresAt, used_at: usedAt } = row;
      return { tokenHash, channel, chatId, expiresAt, usedAt };
    },
    async useUploadLink(tokenHash, at) {
      await queries
        .updateTable('upload_links')
        .set({ used_at: at })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .execute();
    },
  };
}
