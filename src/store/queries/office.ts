import { type Kysely, type SqlBool, sql } from 'kysely';
import type { CaseFigures, NoticeRow, Store } from '../contract.ts';
import { IS_OPEN } from '../open-cases.ts';
import type { Schema } from '../schema.ts';

const isOpen = sql.raw<SqlBool>(IS_OPEN);

/** Notices for agents and operators, and the figures behind them. */
export function createOfficeQueries(
  queries: Kysely<Schema>,
): Pick<Store, 'addNotice' | 'notices' | 'caseFigures'> {
  return {
    async addNotice({ key, kind, at, caseId, data }) {
      const { numInsertedOrUpdatedRows } = await queries
        .insertInto('notices')
        .values({ key, kind, at, case_id: caseId, data: JSON.stringify(data) })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows ?? 0) > 0;
    },
    async notices(since, limit) {
      const rows = await queries
        .selectFrom('notices')
        .selectAll()
        .where('at', '>=', since)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(
        ({ key, kind, at, case_id, data }): NoticeRow => ({
          key,
          kind,
          at,
          caseId: case_id,
          data: JSON.parse(data),
        }),
      );
    },
    async caseFigures(from, to) {
      const { sent } = await queries
        .selectFrom('cases')
        .select((is) => is.fn.countAll().as('sent'))
        .where('submitted_at', '>=', from)
        .where('submitted_at', '<', to)
        .executeTakeFirstOrThrow();
      const ended = await queries
        .selectFrom('cases')
        .select(['status', 'answer_by', 'updated_at'])
        .where(sql<SqlBool>`not (${isOpen})`)
        .where('updated_at', '>=', from)
        .where('updated_at', '<', to)
        .execute();
      const waiting = await queries
        .selectFrom('cases')
        .select(['status', 'answer_by'])
        .where(isOpen)
        .where('submitted_at', '<', to)
        .execute();
      const as = (status: string) => ended.filter((one) => one.status === status).length;
      const decided = ended.filter(({ status }) => status !== 'cancelled');
      const kept = decided.filter((one) => one.updated_at <= one.answer_by).length;
      return {
        sent: Number(sent),
        unbound: as('unbound'),
        rejected: as('rejected'),
        cancelled: as('cancelled'),
        kept,
        late: decided.length - kept,
        open: waiting.length,
        // Who was asked for more lets nobody wait.
        overdue: waiting.filter(({ status, answer_by }) => status !== 'needsInfo' && answer_by < to)
          .length,
      } satisfies CaseFigures;
    },
  };
}
