import type { FastifyInstance } from 'fastify';

/** How long requests that are under way are waited for. */
const PATIENCE_MS = 5_000;

/**
 * Takes no more requests and lets those end that are under way. Browsers connect ahead of a request
 * that may never come, and slow phones upload for minutes: what is left after a while is cut off.
 * It was not acknowledged, so that it comes again.
 */
export async function closeServer(app: FastifyInstance, patience = PATIENCE_MS): Promise<void> {
  const closed = app.close();
  const late = setTimeout(() => app.server.closeAllConnections(), patience);
  await closed.finally(() => clearTimeout(late));
}
