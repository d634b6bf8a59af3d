import type { FastifyInstance } from 'fastify';
import { parse } from '../server/parse.ts';
import { DeskError, refuseField } from './errors.ts';
import { NewAgentSchema } from './fields.ts';
import { requireAdmin, sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import { newAgent, personOf } from './sign-in-routes.ts';

/** GET and POST /api/desk/agents: who may sign in. For admins. */
export function agentsRoutes(
  scope: FastifyInstance,
  { store }: DeskOptions,
  now: () => number,
): void {
  scope.get('/api/desk/agents', async (request) => {
    requireAdmin(request);
    return { agents: (await store.agents()).map(personOf) };
  });

  scope.post('/api/desk/agents', async (request, reply) => {
    requireAdmin(request);
    const account = parse(NewAgentSchema, request.body, refuseField);
    if ((await store.agentByLogin(account.login)) !== null) throw new DeskError('loginTaken');
    const agent = await newAgent(account);
    try {
      await store.addAgent(agent);
    } catch (cause) {
      // Somebody else was given the login while the password was hashed.
      if ((await store.agentByLogin(account.login)) !== null) {
        throw new DeskError('loginTaken', {}, { cause });
      }
      throw cause;
    }
    await store.audit({
      at: now(),
      actor: sessionOf(request).agent.agentId,
      action: 'agent.create',
      subject: agent.agentId,
      detail: agent.role,
    });
    return reply.code(201).send(personOf(agent));
  });
}
