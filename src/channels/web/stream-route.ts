import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ChatError } from './errors.ts';
import { chatOf } from './identity.ts';
import type { Gate } from './limits.ts';
import type { OpenStreams } from './open-streams.ts';
import type { WebChannelOptions } from './options.ts';
import { streamOf } from './stream.ts';

const LineIdSchema = z.coerce.number().int().min(0).catch(0);
const QuerySchema = z.object({ after: LineIdSchema.optional() });

/**
 * GET /api/chat/stream: the conversation as server-sent events, from the line after Last-Event-ID
 * (or `?after=`).
 * @param streams where it is known as open, and by which it may be ended
 */
export function streamRoute(
  app: FastifyInstance,
  options: WebChannelOptions,
  gate: Gate,
  streams: OpenStreams,
): void {
  app.get('/api/chat/stream', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const query = QuerySchema.parse(request.query);
    const resumed = request.headers['last-event-id'];
    const after = resumed === undefined ? (query.after ?? 0) : LineIdSchema.parse(resumed);
    const conversation = await options.store.conversationByChat('web', chatId);
    if (conversation === null) throw new ChatError('noConversation', 404);
    const { conversationId } = conversation;
    if (streams.full(conversationId)) throw new ChatError('tooFast', 429);

    const ended = streams.add(conversationId);
    const end = () => streams.end(conversationId, ended);
    reply.raw.once('close', end);
    // Gone while the store was being asked: `close` has been already.
    if (request.raw.destroyed || reply.raw.destroyed) end();
    const events = streamOf(options, conversationId, after, ended.signal);
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events, { objectMode: false }));
  });
}
