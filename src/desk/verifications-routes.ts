import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { VerificationDecision } from '../cases/verify.ts';
import { backendOf } from '../dialogue/effect.ts';
import { parse } from '../server/parse.ts';
import type { VerificationRow } from '../store/contract.ts';
import { DeskError, refuseField } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import { COMPANY_SLOTS, type VerificationView } from './wire/verification.ts';

const MOST = 100;

const ParamsSchema = z.object({ applicationId: z.string().min(1).max(200) });

const DecisionSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('approved') }),
  z.object({
    status: z.literal('refused'),
    reason: z.string('reasonNeeded').trim().min(1, 'reasonNeeded').max(500, 'textLong'),
    reopen: z.array(z.enum(COMPANY_SLOTS)).max(COMPANY_SLOTS.length).default([]),
  }),
]);

function isDecidedHere({ application }: VerificationRow): boolean {
  return backendOf(application) === 'desk';
}

export function verificationView(row: VerificationRow): VerificationView {
  const { conversationId, channel } = row;
  const { backend: _, ...application } = row.application;
  return { ...application, conversationId, channel, decidedHere: isDecidedHere(row) };
}

/** Companies that want to be verified, and what the office makes of them. Each decision is audited. */
export function verificationsRoutes(
  scope: FastifyInstance,
  options: DeskOptions,
  now: () => number,
): void {
  scope.get('/api/desk/verifications', async () => ({
    verifications: (await options.store.waitingVerifications(MOST)).map(verificationView),
  }));

  scope.post('/api/desk/verifications/:applicationId/decision', async (request) => {
    const { applicationId } = parse(ParamsSchema, request.params, refuseField);
    const decision: VerificationDecision = parse(DecisionSchema, request.body, refuseField);
    const row = await options.store.verification(applicationId);
    if (row && !isDecidedHere(row)) throw new DeskError('decidedElsewhere');
    const { agentId, name } = sessionOf(request).agent;
    const decided = await options.verify.decide(applicationId, decision, name).catch((cause) => {
      throw new DeskError('notKept', {}, { cause });
    });
    if (!decided) throw new DeskError('changedMeanwhile');
    await options.store.audit({
      at: now(),
      actor: agentId,
      action: 'verification.decide',
      subject: applicationId,
      detail: decision.status,
    });
    return {};
  });
}
