import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import type { CaseRow } from '../store/contract.ts';
import { DeskError, refuseField } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import { caseView, listedCase } from './views.ts';

const MOST_OPEN = 500;
const MOST_CLOSED = 200;
const MOST_SIMILAR = 20;

const ListSchema = z.object({ show: z.enum(['open', 'closed']).default('open') });
const ParamsSchema = z.object({ caseId: z.string().min(1).max(200) });

/** @throws DeskError `noCase` */
export async function caseOf(request: FastifyRequest, { store }: DeskOptions): Promise<CaseRow> {
  const { caseId } = parse(ParamsSchema, request.params, refuseField);
  const row = await store.caseById(caseId);
  if (row === null) throw new DeskError('noCase');
  return row;
}

/** The queue, a case, and its SADP string. */
export function casesRoutes(scope: FastifyInstance, options: DeskOptions, now: () => number): void {
  const { store } = options;

  scope.get('/api/desk/cases', async (request) => {
    const { show } = parse(ListSchema, request.query, refuseField);
    const open = show === 'open';
    const rows = await store.casesForDesk({ open, limit: open ? MOST_OPEN : MOST_CLOSED });
    return { now: now(), cases: rows.map(listedCase) };
  });

  scope.get('/api/desk/cases/:caseId', async (request) => {
    const row = await caseOf(request, options);
    const conversation = await store.conversationById(row.conversationId);
    const repairs = row.draft.repairs === null ? null : await store.caseById(row.draft.repairs);
    const similar = await store.casesLike(row.caseId, MOST_SIMILAR);
    const { agent } = sessionOf(request);
    const mayDecide = agent.role !== 'viewer';
    return caseView(row, { conversation, repairs, similar, mayDecide, now: now() });
  });

  // A POST: it changes the audit trail, and no link, cache or history holds it.
  scope.post('/api/desk/cases/:caseId/sadp-string', async (request) => {
    const row = await caseOf(request, options);
    if (row.draft.sadp === null) throw new DeskError('noSadpString');
    // Written before it is shown: nobody sees it unrecorded.
    await store.audit({
      at: now(),
      actor: sessionOf(request).agent.agentId,
      action: 'sadpString.reveal',
      subject: row.caseId,
    });
    const text = await store.revealSecret(row.draft.sadp.ref);
    if (text === null) throw new DeskError('noSadpString');
    return { text };
  });
}
