import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

/** Endpoints lie sealed; this is how one is found again. */
function hashOf(endpoint: string): string {
  return createHash('sha256').update(endpoint).digest('base64url');
}

/** Browsers that take notifications of a conversation. */
export function createPushSubscriptionQueries(
  queries: Kysely<Schema>,
  vault: Vault,
  now: () => number,
): Pick<Store, 'savePushSubscription' | 'pushSubscriptions' | 'dropPushSubscription'> {
  return {
    async savePushSubscription(conversationId, { endpoint, keys }) {
      const hash = hashOf(endpoint);
      const sealed = vault.seal('pushSubscription', hash, JSON.stringify({ endpoint, keys }));
      const row = { conversation_id: conversationId, saved_at: now(), sealed };
      await queries
        .insertInto('push_subscriptions')
        .values({ endpoint_hash: hash, ...row })
        .onConflict((conflict) => conflict.column('endpoint_hash').doUpdateSet(row))
        .execute();
    },
    async pushSubscriptions(conversationId) {
      const rows = await queries
        .selectFrom('push_subscriptions')
        .select(['endpoint_hash', 'sealed'])
        .where('conversation_id', '=', conversationId)
        .orderBy('saved_at')
        .execute();
      return rows.map((row) =>
        JSON.parse(vault.unseal('pushSubscription', row.endpoint_hash, row.sealed).toString()),
      );
    },
    async dropPushSubscription(endpoint) {
      await queries
        .deleteFrom('push_subscriptions')
        .where('endpoint_hash', '=', hashOf(endpoint))
        .execute();
    },
  };
}
