import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

/** Secrets and photos, which lie sealed in the tables. */
export function createSealedQueries(
  queries: Kysely<Schema>,
  vault: Vault,
  now: () => number,
): Pick<
  Store,
  'revealSecret' | 'putBlob' | 'getBlob' | 'getMaskedBlob' | 'putMaskedBlob' | 'blobBelongsTo'
> {
  return {
    async revealSecret(ref) {
      const row = await queries
        .selectFrom('secrets')
        .select('sealed')
        .where('ref', '=', ref)
        .executeTakeFirst();
      return row ? vault.unseal('secret', ref, row.sealed).toString('utf8') : null;
    },
    async putBlob(bytes, mime) {
      const blobId = randomUUID();
      await queries
        .insertInto('blobs')
        .values({
          blob_id: blobId,
          mime,
          created_at: now(),
          conversation_id: null,
          sealed: vault.seal('blob', blobId, bytes),
        })
        .execute();
      return blobId;
    },
    async getBlob(blobId) {
      const row = await queries
        .selectFrom('blobs')
        .select(['mime', 'sealed'])
        .where('blob_id', '=', blobId)
        .executeTakeFirst();
      return row ? { bytes: vault.unseal('blob', blobId, row.sealed), mime: row.mime } : null;
    },
    async getMaskedBlob(blobId) {
      const row = await queries
        .selectFrom('masked_blobs')
        .select(['mime', 'sealed'])
        .where('blob_id', '=', blobId)
        .executeTakeFirst();
      return row ? { bytes: vault.unseal('maskedBlob', blobId, row.sealed), mime: row.mime } : null;
    },
    async putMaskedBlob(blobId, bytes, mime) {
      const sealed: Uint8Array = vault.seal('maskedBlob', blobId, bytes);
      await queries
        .insertInto('masked_blobs')
        .columns(['blob_id', 'mime', 'sealed'])
        .expression((from) =>
          from
            .selectFrom('blobs')
            .select(['blob_id', sql.val(mime).as('mime'), sql.val(sealed).as('sealed')])
            .where('blob_id', '=', blobId),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async blobBelongsTo(blobId, conversationId) {
      const row = await queries
        .selectFrom('blobs')
        .select('blob_id')
        .where('blob_id', '=', blobId)
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
