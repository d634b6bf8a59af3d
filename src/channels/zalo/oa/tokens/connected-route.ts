import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { CONNECTED_PATH, type Connection } from './connection.ts';

const BackSchema = z.object({
  state: z.string().max(200).catch(''),
  code: z.string().min(1).max(4096).optional().catch(undefined),
  oa_id: z.string().max(100).catch(''),
});

/** GET /zalo-oa/connected: Zalo sends the admin's browser back here, and it goes on to the desk. */
export function connectedRoute(connection: Connection): FastifyPluginAsync {
  return async (app) => {
    app.get(CONNECTED_PATH, async (request, reply) => {
      const { state, code, oa_id: oaId } = BackSchema.parse(request.query);
      const problem = await connection.finish({ state, code, oaId });
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(`/desk#/zalo/${problem ?? 'done'}`, 303);
    });
  };
}
