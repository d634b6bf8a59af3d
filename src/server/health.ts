import type { FastifyInstance } from 'fastify';
import { ServerError } from './errors.ts';

/** Numbers for operators, by name; none of them is about anybody. */
export type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * `/healthz`: the process answers. `/readyz`: what comes in can also be kept; 503 while it cannot,
 * so that a balancer sends people elsewhere and a platform delivers again later. It also tells how
 * much waits.
 */
export function healthRoutes(
  app: FastifyInstance,
  ready: () => boolean,
  figures: () => Figures = () => ({}),
): void {
  const quiet = { logLevel: 'warn' } as const;
  app.get('/healthz', quiet, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'up' }),
  );
  app.get('/readyz', quiet, async (_request, reply) => {
    if (!ready()) throw new ServerError('notReady', 503, {}, { retryAfter: 10 });
    return reply.header('cache-control', 'no-store').send({ status: 'ready', ...figures() });
  });
}
