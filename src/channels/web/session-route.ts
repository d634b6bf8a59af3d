import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LanguageSchema } from '../../dialogue/event.ts';
import { ChatError } from './errors.ts';
import { openChat } from './identity.ts';
import { baseOf, keep } from './keep.ts';
import type { Gate } from './limits.ts';
import type { WebChannelOptions } from './options.ts';

const BodySchema = z.object({ language: LanguageSchema.optional() });

/**
 * POST /api/chat/session: the page was opened. Knows the person again by the cookie, or begins a
 * chat; a conversation that is new gets its greeting, once, however many tabs ask at a time.
 */
export function sessionRoute(app: FastifyInstance, options: WebChannelOptions, gate: Gate): void {
  const secure = options.publicUrl?.startsWith('https:') ?? false;
  app.post('/api/chat/session', async (request, reply) => {
    await gate(request);
    const body = BodySchema.safeParse(request.body ?? {});
    if (!body.success) throw new ChatError('notUnderstood', 400);
    const chatId = openChat(request, reply, secure);
    const known = await options.store.conversationByChat('web', chatId);
    if (known !== null) return { language: known.language };
    const language = body.data.language ?? 'vi';
    await keep(options, { ...baseOf(options, chatId, 'opened'), type: 'opened', language });
    return { language };
  });
}
