import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { DeskError } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import type { Sessions } from './sessions.ts';
import { changesOf } from './stream.ts';

/** Tabs of one session that may listen at a time. */
const MOST_STREAMS = 10;

/** GET /api/desk/stream: tells the page what to read again. */
export function streamRoute(
  scope: FastifyInstance,
  options: DeskOptions,
  sessions: Sessions,
): void {
  const open = new Map<AbortController, string>();

  scope.get('/api/desk/stream', async (request, reply) => {
    const { tokenHash } = sessionOf(request);
    const theirs = [...open.values()].filter((hash) => hash === tokenHash).length;
    if (theirs >= MOST_STREAMS) throw new DeskError('tooFast', { seconds: '15' });
    const ended = new AbortController();
    open.set(ended, tokenHash);
    const end = () => {
      open.delete(ended);
      ended.abort();
    };
    reply.raw.once('close', end);
    const signedIn = async () => sessions.holds(tokenHash).catch(() => true);
    const events = changesOf(options, signedIn, ended.signal);
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events, { objectMode: false }));
  });

  // A server that closes waits for its answers to end, and a stream never would.
  scope.addHook('preClose', async () => {
    for (const ended of open.keys()) ended.abort();
  });
}
