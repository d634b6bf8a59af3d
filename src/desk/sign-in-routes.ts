import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import type { AgentRow } from '../store/contract.ts';
import { DeskError, refuseField } from './errors.ts';
import { OwnPasswordSchema, SetupSchema, SignInSchema } from './fields.ts';
import { sessionOf } from './guard.ts';
import { isGuessable } from './guessable.ts';
import type { DeskOptions } from './options.ts';
import { checkPassword, hashPassword } from './password.ts';
import type { DeskSession, Sessions } from './sessions.ts';
import type { Setup } from './setup.ts';
import { SignInTries } from './sign-in-tries.ts';
import type { Me, Person } from './wire/people.ts';

const DutySchema = z.object({ on: z.boolean() });

export function personOf({ agentId, name, login, role }: AgentRow): Person {
  return { agentId, name, login, role };
}

export function meOf(session: DeskSession): Me {
  return {
    agent: personOf(session.agent),
    csrf: session.csrf,
  };
}

/** POST /api/desk/login and /api/desk/setup: the only routes for people who are not signed in. */
export function entryRoutes(
  scope: FastifyInstance,
  options: DeskOptions,
  {
    sessions,
    setup,
    tries,
    now,
  }: { sessions: Sessions; setup: Setup; tries: SignInTries; now: () => number },
): void {
  const audit = ({ agentId }: AgentRow, action: string) =>
    options.store.audit({ at: now(), actor: agentId, action, subject: agentId });

  scope.post('/api/desk/login', async (request, reply) => {
    const { login, password } = parse(SignInSchema, request.body, refuseField);
    tries.take(login, request.ip, now());
    const agent = await options.store.agentByLogin(login);
    const right = await checkPassword(password, agent?.passwordHash ?? null);
    if (agent === null || !right || agent.role === 'left') {
      // Of logins that exist: whoever makes names up must not fill the trail.
      if (agent !== null) await audit(agent, 'signIn.fail');
      throw new DeskError('wrongPassword');
    }
    tries.succeeded(login, request.ip);
    const session = await sessions.open(request, reply, agent);
    await audit(agent, 'signIn');
    return meOf(session);
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
      detail: 'admin',
    });
    return meOf(await sessions.open(request, reply, agent));
  });
}

/** What somebody does about their own sign-in, and what they have seen; viewers too. */
export const OWN_ROUTES = [
  '/api/desk/logout',
  '/api/desk/me/password',
  '/api/desk/conversations/:conversationId/seen',
];

/** GET /api/desk/me; POST /api/desk/me/password, /api/desk/me/duty and /api/desk/logout. */
export function meRoutes(
  scope: FastifyInstance,
  options: DeskOptions,
  { sessions, now }: { sessions: Sessions; now: () => number },
): void {
  const { store } = options;
  const tries = new SignInTries();
  const audit = (request: FastifyRequest, action: string) => {
    const { agentId } = sessionOf(request).agent;
    return store.audit({ at: now(), actor: agentId, action, subject: agentId });
  };

  scope.get('/api/desk/me', async (request) => meOf(sessionOf(request)));

  scope.post('/api/desk/me/password', async (request) => {
    const { current, password } = parse(OwnPasswordSchema, request.body, refuseField);
    const { agent, tokenHash } = sessionOf(request);
    tries.take(agent.login, request.ip, now());
    if (!(await checkPassword(current, agent.passwordHash))) {
      throw new DeskError('wrongCurrentPassword');
    }
    tries.succeeded(agent.login, request.ip);
    if (isGuessable(password, agent)) throw new DeskError('passwordGuessable');
    await store.changeAgent(agent.agentId, { passwordHash: await hashPassword(password) });
    // Whoever knew the old one may be signed in somewhere.
    await store.closeSessionsOf(agent.agentId, tokenHash);
    await audit(request, 'password.change');
    return {};
  });

  scope.post('/api/desk/me/duty', async (request) => {
    const { on } = parse(DutySchema, request.body, refuseField);
    const { agentId } = sessionOf(request).agent;
    await store.setDuty(agentId, on);
    await options.duty.look();
    await audit(request, on ? 'duty.on' : 'duty.off');
    return {};
  });

  scope.post('/api/desk/logout', async (request, reply) => {
    await sessions.close(request, reply, sessionOf(request));
    await audit(request, 'signOut');
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
