import { type Kysely, sql } from 'kysely';
import { isOpenCase } from '../../domain/case.ts';
import type { PersonalData, Store } from '../contract.ts';
import type { Schema } from '../schema.ts';

/** Values of one statement; an old SQLite takes 999. */
const AT_A_TIME = 500;

/** What of a conversation names photos and strings by their ids: its forms, and its cases' drafts. */
interface Holders {
  id: number;
  state: string;
  cases: {
    case_id: string;
    status: Schema['cases']['status'];
    updated_at: number;
    draft: string;
  }[];
}

function pieces<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_A_TIME) }, (_, index) =>
    all.slice(index * AT_A_TIME, (index + 1) * AT_A_TIME),
  );
}

/**
 * Looking, and deleting what nothing holds any more. Single statements, each of which may be the
 * last one: begun again, it goes on. What an open case or a form holds can be taken up again by a
 * turn at any moment and so stays; what only ended cases hold cannot.
 */
export function createPersonalDataQueries(
  queries: Kysely<Schema>,
): Pick<Store, 'deleteExpired' | 'personalData' | 'deletePersonal'> {
  async function holdersOf(conversationId: string): Promise<Holders | null> {
    const found = await queries
      .selectFrom('conversations')
      .select(['id', 'state'])
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();
    if (!found) return null;
    const cases = await queries
      .selectFrom('cases')
      .select(['case_id', 'status', 'updated_at', 'draft'])
      .where('conversation_id', '=', conversationId)
      .execute();
    return { ...found, cases };
  }

  /** Whether an id is named by what must stay: forms, open cases, cases that ended from `since` on. */
  function keeps({ state, cases }: Holders, since: number): (id: string) => boolean {
    const kept = cases.filter((one) => isOpenCase(one.status) || one.updated_at >= since);
    const texts = [state, ...kept.map(({ draft }) => draft)];
    return (id) => texts.some((text) => text.includes(JSON.stringify(id)));
  }

  // Who names them is looked at after the list was made: a turn may have taken one up meanwhile.
  async function dropPhotos(conversationId: string, since: number) {
    const rows = await queries
      .selectFrom('blobs')
      .select('blob_id')
      .where('conversation_id', '=', conversationId)
      .where('created_at', '<', since)
      .execute();
    const holders = await holdersOf(conversationId);
    const keep = holders === null ? () => true : keeps(holders, since);
    const gone = rows.map(({ blob_id }) => blob_id).filter((id) => !keep(id));
    for (const ids of pieces(gone)) {
      await queries.deleteFrom('blobs').where('blob_id', 'in', ids).execute();
    }
    return gone.length;
  }

  async function dropStrings(conversationId: string, since: number) {
    const rows = await queries
      .selectFrom('secrets')
      .select('ref')
      .where('conversation_id', '=', conversationId)
      .execute();
    const holders = await holdersOf(conversationId);
    const keep = holders === null ? () => true : keeps(holders, since);
    const gone = rows.map(({ ref }) => ref).filter((ref) => !keep(ref));
    for (const refs of pieces(gone)) {
      await queries.deleteFrom('secrets').where('ref', 'in', refs).execute();
    }
    return gone.length;
  }

  /** The lines that were shown, with what the outbox still had of them. */
  async function dropLines({ id }: Holders): Promise<number> {
    const shown = queries
      .selectFrom('lines')
      .select('id')
      .where('conversation', '=', id)
      .where('delivery', '<>', 'due');
    await queries.deleteFrom('effects').where('line_id', 'in', shown).execute();
    const { numDeletedRows } = await queries
      .deleteFrom('lines')
      .where('conversation', '=', id)
      .where('delivery', '<>', 'due')
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** Ended cases keep what the office did, not what the person sent. */
  async function emptyCases({ cases }: Holders): Promise<void> {
    for (const { case_id, status, draft } of cases) {
      if (isOpenCase(status)) continue;
      await queries.deleteFrom('case_pictures').where('case_id', '=', case_id).execute();
      const emptied = { ...JSON.parse(draft), photos: [], sadp: null, answer: null };
      await queries
        .updateTable('cases')
        .set({ draft: JSON.stringify(emptied), note: null })
        .where('case_id', '=', case_id)
        .execute();
    }
  }

  const countOf = async (table: 'blobs' | 'secrets', conversationId: string) => {
    const { count } = await queries
      .selectFrom(table)
      .select(sql<number>`count(*)`.as('count'))
      .where('conversation_id', '=', conversationId)
      .executeTakeFirstOrThrow();
    return Number(count);
  };

  return {
    async deleteExpired(before) {
      const photos = await queries
        .selectFrom('blobs')
        .select('conversation_id')
        .distinct()
        .where('conversation_id', 'is not', null)
        .where('created_at', '<', before.photos)
        .execute();
      const strings = await queries
        .selectFrom('secrets')
        .select('conversation_id')
        .distinct()
        .execute();
      const ids = new Set([...photos, ...strings].map(({ conversation_id }) => conversation_id));
      const deleted: (PersonalData & { conversationId: string })[] = [];
      for (const conversationId of ids) {
        if (conversationId === null) continue;
        const went = {
          conversationId,
          photos: await dropPhotos(conversationId, before.photos),
          sadpStrings: await dropStrings(conversationId, before.sadpStrings),
          lines: 0,
        };
        if (went.photos + went.sadpStrings > 0) deleted.push(went);
      }
      return deleted;
    },
    async personalData(conversationId) {
      const { lines } = await queries
        .selectFrom('lines as l')
        .innerJoin('conversations as c', 'c.id', 'l.conversation')
        .select(sql<number>`count(*)`.as('lines'))
        .where('c.conversation_id', '=', conversationId)
        .executeTakeFirstOrThrow();
      return {
        photos: await countOf('blobs', conversationId),
        sadpStrings: await countOf('secrets', conversationId),
        lines: Number(lines),
      };
    },
    async deletePersonal(conversationId) {
      const holders = await holdersOf(conversationId);
      if (holders === null) return { photos: 0, sadpStrings: 0, lines: 0 };
      const ever = Number.MAX_SAFE_INTEGER;
      const went = {
        photos: await dropPhotos(conversationId, ever),
        sadpStrings: await dropStrings(conversationId, ever),
        lines: await dropLines(holders),
      };
      await emptyCases(holders);
      await queries
        .deleteFrom('person_names')
        .where('name_id', '=', (from) =>
          from
            .selectFrom('conversations')
            .select(sql<string>`channel || ':' || chat_id`.as('name_id'))
            .where('conversation_id', '=', conversationId),
        )
        .execute();
      for (const table of ['push_subscriptions', 'shown_messages', 'notes'] as const) {
        await queries.deleteFrom(table).where('conversation_id', '=', conversationId).execute();
      }
      // What the agents' group shows of it is deleted there by whoever mirrors.
      await queries
        .updateTable('forum_topics')
        .set({ doomed: 1 })
        .where('conversation_id', '=', conversationId)
        .where('thread_id', 'is not', null)
        .execute();
      await queries
        .deleteFrom('verifications')
        .where('conversation_id', '=', conversationId)
        .where('status', '<>', 'waiting')
        .execute();
      await queries
        .updateTable('conversations')
        .set({ last_text: null })
        .where('conversation_id', '=', conversationId)
        .execute();
      return went;
    },
  };
}
