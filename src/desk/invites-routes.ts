import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import { DeskError, refuseField } from './errors.ts';
import { SetupSchema } from './fields.ts';
import { requireAdmin, sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import type { Sessions } from './sessions.ts';
import { meOf, newAgent } from './sign-in-routes.ts';
import type { SignInTries } from './sign-in-tries.ts';
import { hashToken, newToken } from './token.ts';
import { ROLES } from './wire/people.ts';

const THREE_DAYS = 3 * 24 * 60 * 60 * 1000;

const BodySchema = z.object({ role: z.enum(ROLES) });

/** POST /api/desk/invites: a link by which one person makes their own account. For admins. */
export function invitesRoute(
  scope: FastifyInstance,
  { store }: DeskOptions,
  now: () => number,
): void {
  scope.post('/api/desk/invites', async (request) => {
    requireAdmin(request);
    const { role } = parse(BodySchema, request.body, refuseField);
    const { agentId } = sessionOf(request).agent;
    const token = newToken();
    const expiresAt = now() + THREE_DAYS;
    await store.addInvite({ tokenHash: hashToken(token), role, invitedBy: agentId, expiresAt });
    await store.audit({
      at: now(),
      actor: agentId,
      action: 'agent.invite',
      subject: agentId,
      detail: role,
    });
    // The token is in the fragment, which browsers send to nobody.
    return { path: `/desk/invite#${token}`, expiresAt };
  });
}

/** POST /api/desk/invite: takes such a link, once, and signs the new person in. */
export function takeInviteRoute(
  scope: FastifyInstance,
  options: DeskOptions,
  { sessions, tries, now }: { sessions: Sessions; tries: SignInTries; now: () => number },
): void {
  const { store } = options;
  scope.post('/api/desk/invite', async (request, reply) => {
    const { token, ...account } = parse(SetupSchema, request.body, refuseField);
    tries.take(`invite:${request.ip}`, request.ip, now());
    // Looked at before the link is used up by somebody whose login is taken.
    if ((await store.agentByLogin(account.login)) !== null) throw new DeskError('loginTaken');
    const invite = await store.takeInvite(hashToken(token), now());
    if (invite === null) throw new DeskError('inviteClosed');
    const agent = await newAgent({ ...account, role: invite.role });
    try {
      await store.addAgent(agent);
    } catch (cause) {
      // Whatever kept it from being made, the link goes on working.
      await store.addInvite(invite);
      if ((await store.agentByLogin(account.login)) === null) throw cause;
      throw new DeskError('loginTaken', {}, { cause });
    }
    tries.succeeded(`invite:${request.ip}`, request.ip);
    await store.audit({
      at: now(),
      actor: agent.agentId,
      action: 'agent.join',
      subject: agent.agentId,
      detail: invite.role,
    });
    const session = await sessions.open(request, reply, agent);
    return reply.code(201).send(meOf(session));
  });
}
