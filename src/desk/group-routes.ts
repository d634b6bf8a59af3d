import type { FastifyInstance } from 'fastify';
import { DeskError } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import type { GroupCodeView, GroupView } from './wire/people.ts';

/** /api/desk/me/telegram: who one is in the agents' Telegram group. */
export function groupRoutes(scope: FastifyInstance, { groupPeople }: DeskOptions): void {
  scope.get('/api/desk/me/telegram', async (request): Promise<GroupView> => {
    if (!groupPeople) return { configured: false, linked: false };
    const { agentId } = sessionOf(request).agent;
    return { configured: true, linked: await groupPeople.isLinked(agentId) };
  });

  scope.post('/api/desk/me/telegram/code', async (request): Promise<GroupCodeView> => {
    if (!groupPeople) throw new DeskError('noGroup');
    return groupPeople.offerCode(sessionOf(request).agent.agentId);
  });

  scope.post('/api/desk/me/telegram/unlink', async (request) => {
    if (!groupPeople) throw new DeskError('noGroup');
    await groupPeople.unlink(sessionOf(request).agent.agentId);
    return {};
  });
}
