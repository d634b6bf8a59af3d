import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import type { ConversationRow } from '../store/contract.ts';
import { DeskError, refuseField } from './errors.ts';
import { formViews } from './form-views.ts';
import type { DeskOptions } from './options.ts';
import { verificationView } from './verifications-routes.ts';
import { conversationView, lineView, suggestionView } from './views.ts';

const PAGE = 200;

const ParamsSchema = z.object({ conversationId: z.string().min(1).max(200) });
const AfterSchema = z.object({ after: z.coerce.number().int().min(0).default(0) });

/** @throws DeskError `noConversation` */
export async function conversationOf(
  request: FastifyRequest,
  { store }: DeskOptions,
): Promise<ConversationRow> {
  const { conversationId } = parse(ParamsSchema, request.params, refuseField);
  const row = await store.conversationById(conversationId);
  if (row === null) throw new DeskError('noConversation');
  return row;
}

/** A conversation, and what was said in it. */
export function conversationsRoutes(scope: FastifyInstance, options: DeskOptions): void {
  const { store } = options;

  scope.get('/api/desk/conversations/:conversationId', async (request) => {
    const row = await conversationOf(request, options);
    const held = await store.remembered(row.conversationId);
    const waiting = await store.waitingVerificationsOf(row.accountId);
    return {
      conversation: conversationView(row),
      suggestions: (held?.suggestions ?? []).map(suggestionView),
      forms: held ? formViews(held, options) : [],
      verifications: waiting.map(verificationView),
    };
  });

  scope.get('/api/desk/conversations/:conversationId/transcript', async (request) => {
    const { conversationId } = await conversationOf(request, options);
    const { after } = parse(AfterSchema, request.query, refuseField);
    const lines = await store.transcript(conversationId, after, PAGE);
    return { lines: lines.map(lineView), more: lines.length === PAGE };
  });
}
