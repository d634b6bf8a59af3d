import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CaseDraft } from '../../dialogue/effect.ts';
import { newConversation } from '../../dialogue/turn.ts';
import type { Store } from '../contract.ts';
import type { Schema } from '../schema.ts';
import type { Vault } from '../vault.ts';

/** Stands where the person's id stood. */
const ERASED = 'erased:';
/** Named as who ended the cases that were open. */
const BY = 'withdrawal';

type Cases = Pick<
  Schema['cases'],
  'case_id' | 'conversation_id' | 'status' | 'revision' | 'draft'
>[];

/**
 * Deletes what a person left behind. Single statements, each safe to repeat: first the person's id
 * goes, so that nothing of theirs is added meanwhile, then what hangs on it. Whoever was stopped
 * half-way finishes by asking again, since all erased conversations are gone through each time.
 */
export function createErasingQueries(
  queries: Kysely<Schema>,
  vault: Vault,
): Pick<Store, 'erasePerson'> {
  const erased = (channel: Schema['conversations']['channel']) =>
    queries
      .selectFrom('conversations')
      .where('channel', '=', channel)
      .where('chat_id', 'like', `${ERASED}%`);

  async function eraseLines(channel: Schema['conversations']['channel']): Promise<void> {
    const numbers = erased(channel).select('id');
    const ids = erased(channel).select('conversation_id');
    await queries.deleteFrom('effects').where('conversation', 'in', numbers).execute();
    await queries.deleteFrom('lines').where('conversation', 'in', numbers).execute();
    for (const table of [
      'timers',
      'secrets',
      'push_subscriptions',
      'shown_messages',
      'notes',
      'verifications',
    ] as const) {
      await queries.deleteFrom(table).where('conversation_id', 'in', ids).execute();
    }
  }

  /** Topics of the agents' group show what is deleted here: whoever mirrors deletes them there. */
  async function doomTopics(channel: Schema['conversations']['channel']): Promise<void> {
    const ids = erased(channel).select('conversation_id');
    await queries
      .updateTable('forum_topics')
      .set({ doomed: 1 })
      .where('conversation_id', 'in', ids)
      .where('thread_id', 'is not', null)
      .execute();
  }

  async function eraseCases(cases: Cases, at: number): Promise<void> {
    for (const { case_id: caseId, status, revision, draft } of cases) {
      const open = ['submitted', 'inReview', 'needsInfo'].includes(status);
      const photos = status === 'unbound' ? {} : { photos: [] };
      const bare = { ...(JSON.parse(draft) as CaseDraft), ...photos, sadp: null, answer: null };
      const ended = { status: 'cancelled' as const, revision: revision + 1, decided_by: BY };
      await queries
        .updateTable('cases')
        .set({
          draft: JSON.stringify(bare),
          note: null,
          ...(open ? { ...ended, updated_at: at } : {}),
        })
        .where('case_id', '=', caseId)
        .where('revision', '=', revision)
        .execute();
      if (open) {
        await queries
          .insertInto('case_steps')
          .values({ case_id: caseId, revision: ended.revision, status: ended.status, at })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      if (status !== 'unbound') {
        await queries.deleteFrom('case_pictures').where('case_id', '=', caseId).execute();
      }
    }
  }

  /** Photos of unbound cases stay. */
  async function eraseBlobs(conversationId: string, cases: Cases): Promise<void> {
    const kept = cases
      .filter((one) => one.conversation_id === conversationId && one.status === 'unbound')
      .flatMap(({ draft }) => (JSON.parse(draft) as CaseDraft).photos.map(({ blobId }) => blobId));
    const theirs = queries.deleteFrom('blobs').where('conversation_id', '=', conversationId);
    await (kept.length === 0 ? theirs : theirs.where('blob_id', 'not in', kept)).execute();
  }

  /** Events that were set aside are sealed: only opening them tells whose they are. */
  async function eraseSetAside(
    channel: Schema['conversations']['channel'],
    chatId: string,
  ): Promise<void> {
    const rows = await queries
      .selectFrom('set_aside')
      .select(['id', 'event_id', 'sealed'])
      .where('channel', '=', channel)
      .execute();
    for (const { id, event_id: eventId, sealed } of rows) {
      const text = vault.unseal('setAside', `${channel}:${eventId}`, sealed).toString('utf8');
      const { event } = JSON.parse(text) as { event: { chatId: string } };
      if (event.chatId !== chatId) continue;
      await queries.deleteFrom('set_aside').where('id', '=', id).execute();
    }
  }

  return {
    async erasePerson(channel, chatId, at) {
      const theirs = await queries
        .updateTable('conversations')
        .set({ chat_id: ERASED + randomUUID() })
        .where('channel', '=', channel)
        .where('chat_id', '=', chatId)
        .returning('conversation_id')
        .execute();
      await doomTopics(channel);
      await eraseLines(channel);
      const cases = await queries
        .selectFrom('cases')
        .select(['case_id', 'conversation_id', 'status', 'revision', 'draft'])
        .where('conversation_id', 'in', erased(channel).select('conversation_id'))
        .execute();
      await eraseCases(cases, at);
      for (const { conversation_id: id } of await erased(channel)
        .select('conversation_id')
        .execute()) {
        await eraseBlobs(id, cases);
        await queries
          .updateTable('conversations')
          .set((to) => ({
            state: JSON.stringify(newConversation(id)),
            version: to('version', '+', 1),
            last_text: null,
            owner_who: 'bot',
            owner_agent_id: null,
            owner_agent_name: null,
          }))
          .where('conversation_id', '=', id)
          .execute();
      }
      await eraseSetAside(channel, chatId);
      await queries
        .deleteFrom('person_names')
        .where('name_id', '=', `${channel}:${chatId}`)
        .execute();
      return theirs.map(({ conversation_id: id }) => id);
    },
  };
}
