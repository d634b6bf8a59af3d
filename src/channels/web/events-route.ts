import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Event } from '../../dialogue/event.ts';
import { cutText } from '../cut-text.ts';
import { ChatError } from './errors.ts';
import { chatOf } from './identity.ts';
import { baseOf, keep } from './keep.ts';
import type { Gate } from './limits.ts';
import type { WebChannelOptions } from './options.ts';

/** Longest request that is read at all; a text beyond MAX_TEXT but within it is cut. */
const MAX_BODY = 256 * 1024;

const BodySchema = z.discriminatedUnion('type', [
  z.object({ id: z.uuid(), type: z.literal('text'), text: z.string().min(1) }),
  z.object({ id: z.uuid(), type: z.literal('choice'), token: z.string().min(1).max(64) }),
]);

/** POST /api/chat/events: what the person wrote, or the button pressed. 202 after the commit. */
export function eventsRoute(app: FastifyInstance, options: WebChannelOptions, gate: Gate): void {
  app.post('/api/chat/events', { bodyLimit: MAX_BODY }, async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const body = BodySchema.safeParse(request.body);
    if (!body.success) throw new ChatError('notUnderstood', 400);
    const base = baseOf(options, chatId, body.data.id);
    const event: Event =
      body.data.type === 'choice'
        ? { ...base, type: 'choice', token: body.data.token }
        : { ...base, type: 'text', ...cutText(body.data.text) };
    return reply.code(202).send(await keep(options, event));
  });
}
