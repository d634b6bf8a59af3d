import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ChatError } from './errors.ts';
import { chatOf } from './identity.ts';
import type { Gate } from './limits.ts';
import type { WebChannelOptions } from './options.ts';
import { streamOf } from './stream.ts';

/** Tabs of one chat that may listen at a time. */
const MOST_STREAMS = 10;

const LineIdSchema = z.coerce.number().int().min(0).catch(0);
const QuerySchema = z.object({ after: LineIdSchema.optional() });

/**
 * GET /api/chat/stream: the conversation as server-sent events, from the line after Last-Event-ID
 * (or `?after=`).
 * @returns closes every open stream; pages come back by themselves
 */
export function streamRoute(
  app: FastifyInstance,
  options: WebChannelOptions,
  gate: Gate,
): () => void {
  const open = new Map<AbortController, string>();

  app.get('/api/chat/stream', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const theirs = [...open.values()].filter((chat) => chat === chatId).length;
    if (theirs >= MOST_STREAMS) throw new ChatError('tooFast', 429);
    const query = QuerySchema.parse(request.query);
    const resumed = request.headers['last-event-id'];
    const after = resumed === undefined ? (query.after ?? 0) : LineIdSchema.parse(resumed);
    const conversation = await options.store.conversationByChat('web', chatId);
    if (conversation === null) throw new ChatError('noConversation', 404);

    const ended = new AbortController();
    open.set(ended, chatId);
    const end = () => {
      open.delete(ended);
      ended.abort();
    };
    reply.raw.once('close', end);
    // Gone while the store was being asked: `close` has been already.
    if (request.raw.destroyed || reply.raw.destroyed) end();
    const events = streamOf(options, conversation.conversationId, after, ended.signal);
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events, { objectMode: false }));
  });

  return () => {
    for (const ended of open.keys()) ended.abort();
  };
}
