import { type Kysely, sql } from 'kysely';
import type { Store } from '../contract.ts';
import { LINK_CODE_COUNTS_MS } from '../lifetimes.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

/** Codes that one conversation may ask for within an hour. */
const MOST_CODES = 8;

/** Link codes that are given out, and where else an account can be told news. */
export function createLinkingQueries(
  queries: Kysely<Schema>,
  vault: Vault,
  now: () => number,
): Pick<Store, 'offerLinkCode' | 'routesOf'> {
  return {
    async offerLinkCode(conversationId, code, expiresAt) {
      const at = now();
      const { count } = await queries
        .selectFrom('link_codes')
        .select((row) => row.fn.countAll().as('count'))
        .where('conversation_id', '=', conversationId)
        .where('created_at', '>', at - LINK_CODE_COUNTS_MS)
        .executeTakeFirstOrThrow();
      if (Number(count) >= MOST_CODES) return false;
      await queries
        .updateTable('link_codes')
        .set({ expires_at: at })
        .where('conversation_id', '=', conversationId)
        .where('expires_at', '>', at)
        .execute();
      const mark = vault.markOf('linkCode', code);
      await queries
        .insertInto('link_codes')
        .values({ mark, conversation_id: conversationId, created_at: at, expires_at: expiresAt })
        .execute();
      return true;
    },
    async routesOf(conversationId) {
      const rows = await queries
        .selectFrom('conversations as own')
        .innerJoin('conversations as c', 'c.account_id', 'own.account_id')
        .select(['c.conversation_id', 'c.channel', 'c.chat_id', 'c.unreachable'])
        .where('own.conversation_id', '=', conversationId)
        .orderBy(sql`coalesce(c.preferred_at, 0)`, 'desc')
        .orderBy('c.updated_at', 'desc')
        .orderBy('c.id', 'desc')
        .execute();
      const own = rows.find((row) => row.conversation_id === conversationId);
      const others = rows.filter((row) => row !== own && row.unreachable === null);
      return {
        unreachable: own?.unreachable ?? null,
        others: others.map((row) => ({
          conversationId: row.conversation_id,
          channel: row.channel,
          chatId: row.chat_id,
        })),
      };
    },
  };
}
