import type { FastifyInstance } from 'fastify';
import { chatOf } from './identity.ts';
import { makeGate, TYPING } from './limits.ts';
import type { WebChannelOptions } from './options.ts';

/** POST /api/chat/typing: the person is writing; told to agents, and kept nowhere. */
export function typingRoute(app: FastifyInstance, options: WebChannelOptions): void {
  const gate = makeGate(app, TYPING);
  app.post('/api/chat/typing', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const row = await options.store.conversationByChat('web', chatId);
    if (row) options.hints.tell({ kind: 'typing', conversationId: row.conversationId });
    return reply.code(204).send();
  });
}
