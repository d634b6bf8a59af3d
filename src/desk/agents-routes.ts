import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import type { AgentRow } from '../store/contract.ts';
import { DeskError, refuseField } from './errors.ts';
import { ChangedAgentSchema, NewAgentSchema } from './fields.ts';
import { requireAdmin, sessionOf } from './guard.ts';
import { isGuessable } from './guessable.ts';
import type { DeskOptions } from './options.ts';
import { hashPassword } from './password.ts';
import { newAgent, personOf } from './sign-in-routes.ts';

const ParamsSchema = z.object({ agentId: z.string().min(1).max(200) });

/** /api/desk/agents: who may sign in, and as what. For admins. */
export function agentsRoutes(
  scope: FastifyInstance,
  { store }: DeskOptions,
  now: () => number,
): void {
  const audit = (request: FastifyRequest, action: string, agentId: string, detail?: string) =>
    store.audit({
      at: now(),
      actor: sessionOf(request).agent.agentId,
      action,
      subject: agentId,
      ...(detail === undefined ? {} : { detail }),
    });

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
    await audit(request, 'agent.create', agent.agentId, agent.role);
    return reply.code(201).send(personOf(agent));
  });

  scope.post('/api/desk/agents/:agentId', async (request) => {
    requireAdmin(request);
    const { agentId } = parse(ParamsSchema, request.params, refuseField);
    const { role, password } = parse(ChangedAgentSchema, request.body, refuseField);
    // Nobody takes their own rights away, so that an admin is always left.
    if (agentId === sessionOf(request).agent.agentId) throw new DeskError('notYourself');
    const agent = (await store.agents()).find((one) => one.agentId === agentId);
    if (!agent) throw new DeskError('noPerson');
    if (password !== undefined && isGuessable(password, agent)) {
      throw new DeskError('passwordGuessable');
    }
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    await store.changeAgent(agentId, {
      role,
      ...(passwordHash === undefined ? {} : { passwordHash }),
    });
    if (passwordHash !== undefined || role === 'left') await store.closeSessionsOf(agentId, null);
    if (role !== agent.role) await audit(request, 'agent.role', agentId, role);
    if (passwordHash !== undefined) await audit(request, 'agent.password', agentId);
    const changed: AgentRow = { ...agent, role };
    return personOf(changed);
  });
}
