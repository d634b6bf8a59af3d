import { type Kysely, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { WaitingSchema } from '../../dialogue/owner.ts';
import type { Rendered } from '../../words/words.ts';
import type { InboxRow, Store } from '../contract.ts';
import { IS_OPEN } from '../open-cases.ts';
import { type ConversationRecord, conversationOf } from '../rows.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';
import { selectConversations } from './conversations.ts';

/** Of a conversation's state, what a list shows; the rest of it is not looked at. */
const StateSchema = z.object({ waiting: WaitingSchema.nullable().default(null) });

interface Listed extends ConversationRecord {
  state: string | null;
  unread: number | string;
  last_line: number | string | null;
  open_cases: number | string;
  answer_by: number | string | null;
}

function inboxRowOf(row: Listed, vault: Vault): InboxRow {
  const state = row.state === null ? null : StateSchema.safeParse(JSON.parse(row.state));
  return {
    ...conversationOf(row, vault),
    waiting: state?.data?.waiting ?? null,
    // PostgreSQL counts in 64 bits, which arrive as text.
    unread: Number(row.unread),
    lastLine: Number(row.last_line ?? 0),
    openCases: Number(row.open_cases),
    answerBy: row.answer_by === null ? null : Number(row.answer_by),
  };
}

/** What a line says, a file's name included. */
function textIn(shown: string): string {
  const { text, file }: Partial<Rendered> = JSON.parse(shown);
  return [text, file?.name].filter(Boolean).join(' ');
}

const openCases = sql`from cases k where k.conversation_id = c.conversation_id
  and ${sql.raw(`k.${IS_OPEN}`)}`;

/** What the open part of the inbox holds; each branch has its index. */
function isOpen(since: number) {
  return sql<SqlBool>`c.id in (
    select id from conversations where owner_who <> 'bot'
    union select id from conversations where updated_at >= ${since}
    union select o.id from conversations o join cases k on k.conversation_id = o.conversation_id
      where ${sql.raw(`k.${IS_OPEN}`)})`;
}

/** What agents see of conversations, and what they keep beside them. */
export function createInboxQueries(
  queries: Kysely<Schema>,
  vault: Vault,
): Pick<
  Store,
  'inbox' | 'markSeen' | 'conversationsWithCase' | 'newestLines' | 'addNote' | 'notes'
> {
  return {
    async inbox(agentId, which) {
      if ('ids' in which && which.ids.length === 0) return [];
      const listed = selectConversations(queries).select([
        sql<string | null>`case when c.owner_who <> 'bot' then c.state end`.as('state'),
        sql<number>`case when c.owner_who = 'bot' then 0 else (
          select count(*) from lines l where l.conversation = c.id and l.author = 'installer'
            and l.id > coalesce((select line_id from seen_lines s
              where s.conversation = c.id and s.agent_id = ${agentId}), 0)) end`.as('unread'),
        sql<number | null>`(select max(l.id) from lines l where l.conversation = c.id)`.as(
          'last_line',
        ),
        sql<number>`(select count(*) ${openCases})`.as('open_cases'),
        sql<number | null>`(select min(k.answer_by) ${openCases})`.as('answer_by'),
      ]);
      const chosen =
        'ids' in which
          ? listed.where('c.conversation_id', 'in', which.ids)
          : which.show === 'open'
            ? listed.where(isOpen(which.since)).limit(which.limit)
            : listed.where(sql<SqlBool>`not (${isOpen(which.since)})`).limit(which.limit);
      const rows = await chosen
        .orderBy(sql`case when c.owner_who = 'bot' then 1 else 0 end`)
        .orderBy('c.updated_at', 'desc')
        .orderBy('c.id', 'desc')
        .execute();
      return rows.map((row) => inboxRowOf(row, vault));
    },
    async markSeen(agentId, conversationId, lineId) {
      await queries
        .insertInto('seen_lines')
        .columns(['agent_id', 'conversation', 'line_id'])
        .expression(
          queries
            .selectFrom('conversations')
            .select([
              sql<string>`cast(${agentId} as text)`.as('agent_id'),
              'id',
              sql<number>`cast(${lineId} as bigint)`.as('line_id'),
            ])
            .where('conversation_id', '=', conversationId),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['agent_id', 'conversation'])
            .doUpdateSet({ line_id: lineId })
            .where('seen_lines.line_id', '<', lineId),
        )
        .execute();
    },
    async conversationsWithCase(part, limit) {
      const like = `%${part.replace(/[%_\\]/g, '')}%`;
      const rows = await queries
        .selectFrom('cases')
        .select('conversation_id')
        .where((either) =>
          either.or([either('serial', 'like', like), either('number', 'like', like)]),
        )
        .groupBy('conversation_id')
        .orderBy((of) => of.fn.max('id'), 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => row.conversation_id);
    },
    async newestLines(before, limit) {
      const lines = queries
        .selectFrom('lines as l')
        .innerJoin('conversations as c', 'c.id', 'l.conversation')
        .select(['l.id', 'c.conversation_id', 'l.at', 'l.shown'])
        .orderBy('l.id', 'desc')
        .limit(limit);
      const rows = await (before === 0 ? lines : lines.where('l.id', '<', before)).execute();
      return rows.map(({ id, conversation_id, at, shown }) => ({
        id,
        conversationId: conversation_id,
        at,
        text: textIn(shown),
      }));
    },
    async addNote({ noteId, conversationId, at, agentId, text }) {
      await queries
        .insertInto('notes')
        .values({ note_id: noteId, conversation_id: conversationId, at, agent_id: agentId, text })
        .onConflict((conflict) => conflict.column('note_id').doNothing())
        .execute();
    },
    async notes(conversationId) {
      const rows = await queries
        .selectFrom('notes')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('id')
        .execute();
      return rows.map(({ note_id, conversation_id, at, agent_id, text }) => ({
        noteId: note_id,
        conversationId: conversation_id,
        at,
        agentId: agent_id,
        text,
      }));
    },
  };
}
