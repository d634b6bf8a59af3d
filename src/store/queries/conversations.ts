import { type Kysely, sql } from 'kysely';
import type { Store } from '../contract.ts';
import { parseConversation } from '../parse-conversation.ts';
import { conversationOf, lineOf } from '../rows.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

// Whose name it is, where one account has several: of this chat first, then of the oldest.
const NAME_ID = sql<string>`(select n.name_id from conversations o
  join person_names n on n.name_id = o.channel || ':' || o.chat_id
  where o.account_id = c.account_id
  order by case when o.id = c.id then 0 else 1 end, o.id limit 1)`;
const COMPANY_ID = sql<string>`(select w.verification_id from conversations o
  join verifications w on w.conversation_id = o.conversation_id
  where a.verified = 1 and o.account_id = c.account_id and w.status = 'approved'
  order by w.decided_at desc limit 1)`;

export function selectConversations(queries: Kysely<Schema>) {
  return queries
    .selectFrom('conversations as c')
    .innerJoin('accounts as a', 'a.account_id', 'c.account_id')
    .leftJoin('person_names as p', (join) => join.on('p.name_id', '=', NAME_ID))
    .leftJoin('verifications as v', (join) => join.on('v.verification_id', '=', COMPANY_ID))
    .select([
      'c.id',
      'c.conversation_id',
      'c.channel',
      'c.chat_id',
      'c.account_id',
      'c.version',
      'c.updated_at',
      'c.language',
      'c.owner_who',
      'c.owner_agent_id',
      'c.owner_agent_name',
      'c.owner_epoch',
      'c.last_text',
      'c.unreachable',
      'a.verified',
      'p.name_id',
      'p.sealed as sealed_name',
      'v.verification_id as company_id',
      'v.sealed as sealed_company',
    ]);
}

async function selectState(queries: Kysely<Schema>, conversationId: string) {
  const row = await queries
    .selectFrom('conversations')
    .select('state')
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
  return row ? parseConversation(row.state) : null;
}

/** Conversations and their transcripts, as pages show them. */
export function createConversationQueries(
  queries: Kysely<Schema>,
  vault: Vault,
): Pick<
  Store,
  | 'transcript'
  | 'conversationById'
  | 'conversationByChat'
  | 'conversationsForDesk'
  | 'lastHeard'
  | 'keepWay'
  | 'remembered'
  | 'offeredChoices'
  | 'setVerified'
> {
  return {
    async transcript(conversationId, after, limit) {
      const rows = await queries
        .selectFrom('lines as l')
        .innerJoin('conversations as c', 'c.id', 'l.conversation')
        .leftJoin('conversations as told', 'told.conversation_id', 'l.told_in')
        .selectAll('l')
        .select(['c.conversation_id', 'told.channel as told_channel'])
        .where('c.conversation_id', '=', conversationId)
        .where('l.id', '>', after)
        .orderBy('l.id')
        .limit(limit)
        .execute();
      return rows.map(lineOf);
    },
    async conversationById(conversationId) {
      const row = await selectConversations(queries)
        .where('c.conversation_id', '=', conversationId)
        .executeTakeFirst();
      return row ? conversationOf(row, vault) : null;
    },
    async conversationByChat(channel, chatId) {
      const row = await selectConversations(queries)
        .where('c.channel', '=', channel)
        .where('c.chat_id', '=', chatId)
        .executeTakeFirst();
      return row ? conversationOf(row, vault) : null;
    },
    async conversationsForDesk(limit) {
      const rows = await selectConversations(queries)
        .orderBy('c.updated_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => conversationOf(row, vault));
    },
    async lastHeard(conversationId) {
      const row = await queries
        .selectFrom('lines as l')
        .innerJoin('conversations as c', 'c.id', 'l.conversation')
        .select('l.at')
        .where('c.conversation_id', '=', conversationId)
        .where('l.author', '=', 'installer')
        .orderBy('l.id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.at ?? null;
    },
    async keepWay(lineId, way) {
      await queries
        .updateTable('lines')
        .set({ way: JSON.stringify(way) })
        .where('id', '=', lineId)
        .execute();
    },
    async remembered(conversationId) {
      return selectState(queries, conversationId);
    },
    async offeredChoices(conversationId) {
      return (await selectState(queries, conversationId))?.offered ?? [];
    },
    async setVerified(accountId, verified) {
      await queries
        .updateTable('accounts')
        .set({ verified: verified ? 1 : 0 })
        .where('account_id', '=', accountId)
        .execute();
    },
  };
}
