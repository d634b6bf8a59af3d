import { type Kysely, type SqlBool, sql } from 'kysely';
import type { CaseDraft } from '../../dialogue/effect.ts';
import type { Store } from '../contract.ts';
import { IS_OPEN } from '../open-cases.ts';
import { caseOf } from '../rows.ts';
import type { Schema } from '../schema.ts';

const isOpen = sql.raw<SqlBool>(IS_OPEN);

/** Cases with what their conversation says about where they came from. */
export function selectCases(queries: Kysely<Schema>) {
  return queries
    .selectFrom('cases')
    .innerJoin('conversations', 'conversations.conversation_id', 'cases.conversation_id')
    .selectAll('cases')
    .select(['conversations.language', 'conversations.channel', 'conversations.chat_id']);
}

/** Cases as agents see them. */
export function createCaseQueries(
  queries: Kysely<Schema>,
): Pick<Store, 'caseById' | 'casesOf' | 'caseSteps' | 'casesForDesk' | 'renewPromise'> {
  return {
    async caseById(caseId) {
      const row = await selectCases(queries).where('case_id', '=', caseId).executeTakeFirst();
      return row ? caseOf(row) : null;
    },
    async casesOf(conversationId) {
      const rows = await selectCases(queries)
        .where('cases.conversation_id', '=', conversationId)
        .orderBy('cases.id', 'desc')
        .execute();
      return rows.map(caseOf);
    },
    async caseSteps(caseId) {
      return queries
        .selectFrom('case_steps')
        .select(['status', 'at'])
        .where('case_id', '=', caseId)
        .orderBy('revision')
        .execute();
    },
    async casesForDesk({ open, limit }) {
      const cases = selectCases(queries).limit(limit);
      const rows = open
        ? await cases
            .where(isOpen)
            .orderBy('target')
            .orderBy('answer_by')
            .orderBy('cases.id')
            .execute()
        : await cases
            .where(sql<SqlBool>`not (${isOpen})`)
            .orderBy('cases.updated_at', 'desc')
            .orderBy('cases.id', 'desc')
            .execute();
      return rows.map(caseOf);
    },
    async renewPromise(caseId, promise, takenAt) {
      // Until nobody else has written the draft in between.
      for (;;) {
        const found = await queries
          .selectFrom('cases')
          .select('draft')
          .where('case_id', '=', caseId)
          .where(isOpen)
          .executeTakeFirst();
        if (!found) return;
        const draft = { ...(JSON.parse(found.draft) as CaseDraft), promise, takenAt };
        const { numUpdatedRows } = await queries
          .updateTable('cases')
          .set({
            draft: JSON.stringify(draft),
            target: promise.internalTarget,
            answer_by: promise.answerBy,
          })
          .where('case_id', '=', caseId)
          .where('draft', '=', found.draft)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) return;
      }
    },
  };
}
