import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { parse } from '../server/parse.ts';
import type { AgentRow } from '../store/contract.ts';
import { DeskError, refuseField } from './errors.ts';
import { SetupSchema, SignInSchema } from './fields.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import { checkPassword, hashPassword } from './password.ts';
import type { DeskSession, Sessions } from './sessions.ts';
import type { Setup } from './setup.ts';
import { SignInTries } from './sign-in-tries.ts';
import type { Me, Person } from './wire.ts';

export function personOf({ agentId, name, login, role }: AgentRow): Person {
  return { agentId, name, login, role };
}

function meOf(session: DeskSession, options: DeskOptions): Me {
  return {
    agent: personOf(session.agent),
    csrf: session.csrf,
    decidesHere: options.backend.decidesHere,
  };
}

/** POST /api/desk/login and /api/desk/setup: the only routes for people who are not signed in. */
export function entryRoutes(
  scope: FastifyInstance,
  options: DeskOptions,
  { sessions, setup, now }: { sessions: Sessions; setup: Setup; now: () => number },
): void {
  const tries = new SignInTries();

  scope.post('/api/desk/login', async (request, reply) => {
    const { login, password } = parse(SignInSchema, request.body, refuseField);
    tries.take(login, request.ip, now());
    const agent = await options.store.agentByLogin(login);
    const right = await checkPassword(password, agent?.passwordHash ?? null);
    if (agent === null || !right) throw new DeskError('wrongPassword');
    tries.succeeded(login, request.ip);
    const session = await sessions.open(reply, agent);
    await options.store.audit({
      at: now(),
      actor: agent.agentId,
      action: 'signIn',
      subject: agent.agentId,
    });
    return meOf(session, options);
  });

  scope.post('/api/desk/setup', async (request, reply) => {
    const { token, ...account } = parse(SetupSchema, request.body, refuseField);
    tries.take(`setup:${request.ip}`, request.ip, now());
    const agent = await setup.take(token, () => newAgent({ ...account, role: 'admin' }));
    tries.succeeded(`setup:${request.ip}`, request.ip);
    await options.store.audit({
      at: now(),
      actor: agent.agentId,
      action: 'agent.create',
      subject: agent.agentId,
      detail: 'admin, by the setup link',
    });
    return meOf(await sessions.open(reply, agent), options);
  });
}

/** GET /api/desk/me and POST /api/desk/logout. */
export function meRoutes(scope: FastifyInstance, options: DeskOptions, sessions: Sessions): void {
  scope.get('/api/desk/me', async (request) => meOf(sessionOf(request), options));

  scope.post('/api/desk/logout', async (request, reply) => {
    await sessions.close(reply, sessionOf(request));
    return {};
  });
}

/** A row for the store; the password leaves only its hash. */
export async function newAgent(account: {
  name: string;
  login: string;
  password: string;
  role: AgentRow['role'];
}): Promise<AgentRow> {
  const { password, ...rest } = account;
  return { ...rest, agentId: randomUUID(), passwordHash: await hashPassword(password) };
}
