import { Readable } from 'node:stream';
import rateLimit from '@fastify/rate-limit';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { parse } from '../../server/parse.ts';
import type { CaseRow, Store } from '../../store/contract.ts';
import { OperatorError } from './errors.ts';
import { tokenFor } from './tokens.ts';
import { caseLine, caseWithSteps, deadLetterLine } from './views.ts';

const MINUTE_MS = 60_000;
const REQUESTS_A_MINUTE = 300;
const MOST_CASES = 500;
const MOST_LETTERS = 500;
const PAGE = 500;

const ListSchema = z.object({ show: z.enum(['open', 'closed']).default('open') });
const CaseSchema = z.object({ caseId: z.string().min(1).max(200) });
const LetterSchema = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const RangeSchema = z.object({ from: moment, to: moment });

const badField = (field: string) => new OperatorError('badField', { field });

export interface OperatorOptions {
  store: Pick<
    Store,
    | 'apiToken'
    | 'casesForDesk'
    | 'caseById'
    | 'caseSteps'
    | 'casesSent'
    | 'deadLetters'
    | 'reviveEffect'
    | 'audit'
  >;
  now: () => number;
}

/** /api/operators: what programs of the operators may ask and do, each by a scope of its token. */
export function operatorRoutes({ store, now }: OperatorOptions): FastifyPluginAsync {
  return async (app) => {
    await app.register(rateLimit, {
      max: REQUESTS_A_MINUTE,
      timeWindow: MINUTE_MS,
      errorResponseBuilder: (_request, { ttl }) => {
        const retryAfter = Math.ceil(ttl / 1000);
        return new OperatorError('tooFast', { seconds: String(retryAfter) }, { retryAfter });
      },
    });
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });

    app.get('/api/operators/cases', async (request) => {
      await tokenFor(request, 'cases:read', store, now());
      const { show } = parse(ListSchema, request.query, badField);
      const rows = await store.casesForDesk({ open: show === 'open', limit: MOST_CASES });
      return { cases: rows.map(caseLine) };
    });

    app.get('/api/operators/cases/:caseId', async (request) => {
      await tokenFor(request, 'cases:read', store, now());
      const { caseId } = parse(CaseSchema, request.params, badField);
      const row = await store.caseById(caseId);
      if (row === null) throw new OperatorError('noCase');
      return caseWithSteps(row, await store.caseSteps(caseId));
    });

    // A line of JSON each, read page by page: years of cases need no more memory than a day's.
    app.get('/api/operators/export', async (request, reply) => {
      const { name } = await tokenFor(request, 'cases:export', store, now());
      const range = parse(RangeSchema, request.query, badField);
      const detail = [range.from, range.to].map((at) => new Date(at).toISOString()).join(' ');
      await store.audit({
        at: now(),
        actor: `token:${name}`,
        action: 'cases.export',
        subject: name,
        detail,
      });
      return reply.type('application/x-ndjson').send(Readable.from(linesOf(store, range)));
    });

    app.get('/api/operators/dead-letters', async (request) => {
      await tokenFor(request, 'deadLetters:read', store, now());
      return { deadLetters: (await store.deadLetters(MOST_LETTERS)).map(deadLetterLine) };
    });

    app.post('/api/operators/dead-letters/:id/send', async (request, reply) => {
      const { name } = await tokenFor(request, 'deadLetters:send', store, now());
      const { id } = parse(LetterSchema, request.params, badField);
      if (!(await store.reviveEffect(id, now()))) throw new OperatorError('noDeadLetter');
      const actor = `token:${name}`;
      await store.audit({ at: now(), actor, action: 'deadLetter.send', subject: String(id) });
      return reply.code(202).send({});
    });
  };
}

async function* linesOf(
  store: Pick<Store, 'casesSent'>,
  range: { from: number; to: number },
): AsyncGenerator<string> {
  let after: CaseRow | null = null;
  do {
    const page: CaseRow[] = await store.casesSent(range, after, PAGE);
    yield page.map((row) => `${JSON.stringify(caseLine(row))}\n`).join('');
    after = page.length === PAGE ? (page.at(-1) ?? null) : null;
  } while (after !== null);
}
