import type { FastifyInstance } from 'fastify';
import { DeskError } from './errors.ts';
import { requireAdmin, sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import type { ZaloOaView } from './wire/zalo-oa.ts';

const NOTHING: ZaloOaView = {
  configured: false,
  state: 'notConnected',
  oaId: null,
  endsAt: null,
  accessEndsAt: null,
  canConnect: false,
};

/** /api/desk/zalo-oa: how the Official Account is connected, and connecting it. For admins. */
export function zaloOaRoutes(scope: FastifyInstance, { zaloOa }: DeskOptions): void {
  scope.get('/api/desk/zalo-oa', async (request): Promise<ZaloOaView> => {
    requireAdmin(request);
    return zaloOa ? { configured: true, ...(await zaloOa.status()) } : NOTHING;
  });

  scope.post('/api/desk/zalo-oa/connect', async (request) => {
    requireAdmin(request);
    if (!zaloOa) throw new DeskError('noZaloOa');
    const url = await zaloOa.begin(sessionOf(request).agent.agentId);
    if (url === null) throw new DeskError('noPublicUrl');
    return { url };
  });
}
