import { type Kysely, sql } from 'kysely';
import type { CaseStep, Store } from '../contract.ts';
import type { Schema } from '../schema.ts';

/** What the figures of the desk are counted from. */
export function createFigureQueries(queries: Kysely<Schema>): Pick<Store, 'countedCases' | 'rate'> {
  async function stepsOf(from: number, to: number): Promise<Map<string, CaseStep[]>> {
    const rows = await queries
      .selectFrom('case_steps as s')
      .innerJoin('cases as k', 'k.case_id', 's.case_id')
      .select(['s.case_id', 's.status', 's.at'])
      .where('k.submitted_at', '>=', from)
      .where('k.submitted_at', '<', to)
      .orderBy('s.case_id')
      .orderBy('s.revision')
      .execute();
    const steps = new Map<string, CaseStep[]>();
    for (const { case_id, status, at } of rows) {
      const known = steps.get(case_id);
      if (known) known.push({ status, at });
      else steps.set(case_id, [{ status, at }]);
    }
    return steps;
  }

  return {
    async countedCases(from, to) {
      const steps = await stepsOf(from, to);
      const rows = await queries
        .selectFrom('cases as k')
        .innerJoin('conversations as c', 'c.conversation_id', 'k.conversation_id')
        .leftJoin('ratings as r', 'r.case_id', 'k.case_id')
        .select([
          'k.case_id',
          'k.number',
          'c.channel',
          'c.language',
          'k.submitted_at',
          'k.target',
          'k.answer_by',
          'k.reason',
          'k.decided_by',
          'r.score',
          sql<number>`case when exists (select 1 from lines l where l.conversation = c.id
            and l.author = 'agent' and l.at >= k.submitted_at and l.at <= k.updated_at)
            then 1 else 0 end`.as('human'),
        ])
        .where('k.submitted_at', '>=', from)
        .where('k.submitted_at', '<', to)
        .orderBy('k.submitted_at')
        .orderBy('k.id')
        .execute();
      return rows.map((row) => ({
        caseId: row.case_id,
        number: row.number,
        channel: row.channel,
        language: row.language,
        submittedAt: row.submitted_at,
        target: row.target,
        answerBy: row.answer_by,
        steps: steps.get(row.case_id) ?? [],
        reason: row.reason,
        decidedBy: row.decided_by,
        human: Number(row.human) === 1,
        rating: row.score,
      }));
    },
    async rate(caseId, score, at) {
      await queries
        .insertInto('ratings')
        .values({ case_id: caseId, score, at })
        .onConflict((conflict) => conflict.column('case_id').doNothing())
        .execute();
    },
  };
}
