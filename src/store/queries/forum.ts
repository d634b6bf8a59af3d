import { type Kysely, type SqlBool, sql } from 'kysely';
import type { ForumTopicRow, Store } from '../contract.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

function topicOf(row: Schema['forum_topics']): ForumTopicRow {
  return {
    conversationId: row.conversation_id,
    threadId: row.thread_id,
    lineId: row.line_id,
    state: row.state,
    unfinished: row.unfinished === 1,
    doomed: row.doomed === 1,
  };
}

/** The agents' Telegram group: its topics, and what comes from it and waits for its turn. */
export function createForumQueries(
  queries: Kysely<Schema>,
  vault: Vault,
): Pick<
  Store,
  | 'keepForumUpdate'
  | 'forumUpdates'
  | 'putOffForumUpdate'
  | 'endForumUpdate'
  | 'forumTopic'
  | 'forumTopicByThread'
  | 'putForumTopic'
  | 'clearForumTopic'
  | 'forumBehind'
> {
  const topics = () => queries.selectFrom('forum_topics').selectAll();

  return {
    async keepForumUpdate({ updateId, text, at }) {
      await queries
        .insertInto('forum_updates')
        .values({
          update_id: updateId,
          at,
          due_at: at,
          attempts: 0,
          done_at: null,
          sealed: vault.seal('forumUpdate', updateId, text),
        })
        .onConflict((conflict) => conflict.column('update_id').doNothing())
        .execute();
    },
    async forumUpdates(limit) {
      const rows = await queries
        .selectFrom('forum_updates')
        .selectAll()
        .where('done_at', 'is', null)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        updateId: row.update_id,
        text: vault.unseal('forumUpdate', row.update_id, row.sealed).toString('utf8'),
        at: row.at,
        dueAt: row.due_at,
        attempts: row.attempts,
      }));
    },
    async putOffForumUpdate(updateId, dueAt) {
      await queries
        .updateTable('forum_updates')
        .set((to) => ({ due_at: dueAt, attempts: to('attempts', '+', 1) }))
        .where('update_id', '=', updateId)
        .execute();
    },
    async endForumUpdate(updateId, at) {
      // The row stays for a while, without what it held, so that a second delivery is known.
      await queries
        .updateTable('forum_updates')
        .set({ done_at: at, sealed: Buffer.alloc(0) })
        .where('update_id', '=', updateId)
        .execute();
    },
    async forumTopic(conversationId) {
      const row = await topics().where('conversation_id', '=', conversationId).executeTakeFirst();
      return row ? topicOf(row) : null;
    },
    async forumTopicByThread(threadId) {
      const row = await topics().where('thread_id', '=', threadId).executeTakeFirst();
      return row ? topicOf(row) : null;
    },
    async putForumTopic({ conversationId, threadId, lineId, unfinished, state }) {
      const row = { thread_id: threadId, line_id: lineId, unfinished: unfinished ? 1 : 0, state };
      await queries
        .insertInto('forum_topics')
        .values({ conversation_id: conversationId, doomed: 0, ...row })
        .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(row))
        .execute();
    },
    async clearForumTopic(conversationId) {
      await queries
        .updateTable('forum_topics')
        .set({ thread_id: null, state: '{}', unfinished: 0, doomed: 0 })
        .where('conversation_id', '=', conversationId)
        .execute();
    },
    async forumBehind(since, limit) {
      const newest = sql<number>`(select max(l.id) from lines l where l.conversation = c.id)`;
      const rows = await queries
        .selectFrom('conversations as c')
        .leftJoin('forum_topics as t', 't.conversation_id', 'c.conversation_id')
        .select('c.conversation_id')
        .where('c.updated_at', '>=', since)
        .where(sql<SqlBool>`${newest} > coalesce(t.line_id, 0)`)
        .orderBy('c.updated_at')
        .limit(limit)
        .execute();
      const unfinished = await queries
        .selectFrom('forum_topics')
        .select('conversation_id')
        .where(sql<SqlBool>`doomed + unfinished > 0`)
        .limit(limit)
        .execute();
      const idsOf = (found: { conversation_id: string }[]) =>
        found.map(({ conversation_id }) => conversation_id);
      return { behind: idsOf(rows), unfinished: idsOf(unfinished) };
    },
  };
}
