import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { RefusalReasonSchema } from '../domain/case.ts';
import { parse } from '../server/parse.ts';
import { caseOf } from './cases-routes.ts';
import type { DecideCase } from './decisions.ts';
import { refuseField } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { Decision, DeskOptions } from './options.ts';
import { REOPENABLE } from './wire/cases.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'textLong')
    .transform((value) => (value === '' ? undefined : value))
    .optional();

const asking = {
  note: text(2000),
  question: text(500),
  reopen: z
    .array(z.enum(REOPENABLE))
    .max(REOPENABLE.length)
    .default([])
    .transform((slots) => [...new Set(slots)]),
};
/** The revision that the agent was looking at. */
const seen = { revision: z.number().int() };

const BodySchema = z.discriminatedUnion('status', [
  z.object({ ...seen, status: z.literal('inReview') }),
  z.object({ ...seen, status: z.literal('unbound'), note: text(2000) }),
  z
    .object({
      ...seen,
      ...asking,
      status: z.literal('rejected'),
      reason: RefusalReasonSchema.or(z.undefined().refine(() => false, 'reasonNeeded')),
    })
    .refine(({ reason, note }) => reason !== 'other' || note !== undefined, {
      message: 'noteNeeded',
      path: ['note'],
    }),
  z
    .object({ ...seen, ...asking, status: z.literal('needsInfo') })
    .refine(({ reopen, question }) => reopen.length > 0 || question !== undefined, {
      message: 'askSomething',
      path: ['reopen'],
    }),
]);
type Body = z.infer<typeof BodySchema>;

/** Only what the reason leaves to the agent: the other reasons reopen what the design names. */
function decisionOf(body: Body): Decision {
  const { status } = body;
  if (status === 'inReview') return { status };
  const note = body.note === undefined ? {} : { note: body.note };
  if (status === 'unbound') return { status, ...note };
  const question = body.question === undefined ? {} : { question: body.question };
  const asked = { ...(body.reopen.length > 0 ? { reopen: body.reopen } : {}), ...question };
  if (status === 'needsInfo') return { status, ...note, ...asked };
  const reason = body.reason ?? 'other';
  return { status, reason, ...note, ...(reason === 'other' ? asked : {}) };
}

/** POST /api/desk/cases/:caseId/decision: take in review, approve, refuse, or ask for more. */
export function decisionRoute(
  scope: FastifyInstance,
  options: DeskOptions,
  decideCase: DecideCase,
): void {
  scope.post('/api/desk/cases/:caseId/decision', async (request) => {
    const row = await caseOf(request, options);
    const body = parse(BodySchema, request.body, refuseField);
    await decideCase(sessionOf(request).agent, row, body.revision, decisionOf(body));
    return {};
  });
}
