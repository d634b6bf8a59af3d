import { type Kysely, type Selectable, sql } from 'kysely';
import type { CaseDraft } from '../../dialogue/effect.ts';
import type { ApiTokenRow, DeadLetter, Store } from '../contract.ts';
import { PUSH_LIVES_MS } from '../lifetimes.ts';
import { caseOf } from '../rows.ts';
import type { Schema } from '../schema.ts';
import { selectCases } from './cases.ts';

function tokenOf(row: Selectable<Schema['api_tokens']>): ApiTokenRow {
  return {
    tokenHash: row.token_hash,
    name: row.name,
    scopes: JSON.parse(row.scopes),
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
  };
}

function caseIdOf(kind: string, payload: string | null): string | null {
  if (kind !== 'submit' || payload === null) return null;
  return (JSON.parse(payload) as { draft: CaseDraft }).draft.caseId;
}

/** What programs of the operators ask, and the tokens that let them. */
export function createOperatorQueries(
  queries: Kysely<Schema>,
): Pick<
  Store,
  | 'addApiToken'
  | 'apiToken'
  | 'apiTokens'
  | 'dropApiToken'
  | 'deadLetters'
  | 'reviveEffect'
  | 'casesSent'
> {
  return {
    async addApiToken({ tokenHash, name, scopes, createdAt, createdBy, expiresAt }) {
      const { numInsertedOrUpdatedRows } = await queries
        .insertInto('api_tokens')
        .values({
          token_hash: tokenHash,
          name,
          scopes: JSON.stringify(scopes),
          created_at: createdAt,
          created_by: createdBy,
          expires_at: expiresAt,
        })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows ?? 0) > 0;
    },
    async apiToken(tokenHash, now) {
      const row = await queries
        .selectFrom('api_tokens')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (!row || (row.expires_at !== null && row.expires_at <= now)) return null;
      return tokenOf(row);
    },
    async apiTokens() {
      const rows = await queries.selectFrom('api_tokens').selectAll().orderBy('name').execute();
      return rows.map(tokenOf);
    },
    async dropApiToken(name) {
      const { numDeletedRows } = await queries
        .deleteFrom('api_tokens')
        .where('name', '=', name)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async deadLetters(limit) {
      const rows = await queries
        .selectFrom('effects as e')
        .innerJoin('conversations as c', 'c.id', 'e.conversation')
        .select(['e.effect_id', 'e.kind', 'e.state', 'e.why', 'e.attempts', 'e.created_at'])
        .select(['e.payload', 'c.conversation_id', 'c.channel'])
        .where('e.state', 'in', ['dead', 'ambiguous'])
        .orderBy('e.effect_id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(
        (row): DeadLetter => ({
          effectId: row.effect_id,
          kind: row.kind,
          state: row.state === 'ambiguous' ? 'ambiguous' : 'dead',
          why: row.why,
          attempts: row.attempts,
          createdAt: row.created_at,
          conversationId: row.conversation_id,
          channel: row.channel,
          caseId: caseIdOf(row.kind, row.payload),
        }),
      );
    },
    async reviveEffect(effectId, now) {
      const { numUpdatedRows } = await queries
        .updateTable('effects')
        .set({
          state: 'due',
          due_at: now,
          attempts: 0,
          attempted_at: null,
          why: null,
          expires_at: sql<number | null>`case when expires_at is null then null
            else ${sql.lit(PUSH_LIVES_MS)} + cast(${now} as bigint) end`,
        })
        .where('effect_id', '=', effectId)
        .where('state', 'in', ['dead', 'ambiguous'])
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      // Where a crash comes between, the line says "failed" until the message has gone out.
      await queries
        .updateTable('lines')
        .set({ delivery: 'due' })
        .where('id', 'in', (from) =>
          from
            .selectFrom('effects')
            .select('line_id')
            .where('effect_id', '=', effectId)
            .where('line_id', 'is not', null)
            .$narrowType<{ line_id: number }>(),
        )
        .where('delivery', '=', 'failed')
        .execute();
      return true;
    },
    async casesSent({ from, to }, after, limit) {
      const cases = selectCases(queries)
        .where('cases.submitted_at', '>=', from)
        .where('cases.submitted_at', '<', to)
        .orderBy('cases.submitted_at')
        .orderBy('cases.case_id')
        .limit(limit);
      const rest =
        after === null
          ? cases
          : cases.where((is) =>
              is.or([
                is('cases.submitted_at', '>', after.submittedAt),
                is.and([
                  is('cases.submitted_at', '=', after.submittedAt),
                  is('cases.case_id', '>', after.caseId),
                ]),
              ]),
            );
      return (await rest.execute()).map(caseOf);
    },
  };
}
