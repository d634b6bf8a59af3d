import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ChatError } from './errors.ts';
import { chatOf } from './identity.ts';
import type { Gate } from './limits.ts';
import type { WebChannelOptions } from './options.ts';
import type { CaseAnswer } from './wire.ts';

const ParamsSchema = z.object({ caseId: z.string().regex(/^[\w.:-]{1,200}$/) });

/** GET /api/chat/cases/:caseId: where a case of this conversation's account stands. */
export function casesRoute(app: FastifyInstance, options: WebChannelOptions, gate: Gate): void {
  const { store, now = Date.now } = options;
  app.get('/api/chat/cases/:caseId', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const params = ParamsSchema.safeParse(request.params);
    const row = params.success ? await store.caseById(params.data.caseId) : null;
    // Somebody else's case and one that never was look the same.
    const own = row && (await store.conversationByChat('web', chatId));
    if (!row || row.accountId !== own?.accountId) throw new ChatError('noCase', 404);
    const { caseId, number, serial, status, answerBy } = row;
    const steps = await store.caseSteps(caseId);
    const answer = { caseId, number, serial, status, answerBy, steps, now: now() };
    return reply.header('cache-control', 'no-store').send(answer satisfies CaseAnswer);
  });
}
