import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import { refuseField } from './errors.ts';
import { beginningOf, figuresOf } from './figures.ts';
import { csvOf } from './figures-csv.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';

const DAY = 24 * 60 * 60 * 1000;
const LONGEST = 366 * DAY;

/** Days of Vietnam, both included. */
const RangeSchema = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .transform(({ from, to }) => ({ from: beginningOf(from), to: beginningOf(to) + DAY }))
  .refine(({ from, to }) => from < to && to - from <= LONGEST, { path: ['to'] });

/** GET /api/desk/figures, and POST /api/desk/figures/csv, which is audited. */
export function figuresRoutes(
  scope: FastifyInstance,
  { store, settings }: DeskOptions,
  now: () => number,
): void {
  const sla = () => settings().slaMinutes;

  scope.get('/api/desk/figures', async (request) => {
    const { from, to } = parse(RangeSchema, request.query, refuseField);
    return figuresOf(await store.countedCases(from, to), sla());
  });

  scope.post('/api/desk/figures/csv', async (request, reply) => {
    const { from, to } = parse(RangeSchema, request.body, refuseField);
    const cases = await store.countedCases(from, to);
    const { agentId } = sessionOf(request).agent;
    await store.audit({
      at: now(),
      actor: agentId,
      action: 'figures.export',
      subject: agentId,
      detail: String(cases.length),
    });
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="cases.csv"')
      .send(csvOf(cases, sla()));
  });
}
