import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import { DeskError, refuseField } from './errors.ts';
import { requireAdmin, sessionOf } from './guard.ts';
import { makeToken, NewTokenSchema } from './operators/tokens.ts';
import type { DeskOptions } from './options.ts';
import type { TokenView } from './wire/tokens.ts';

const ParamsSchema = z.object({ name: z.string().min(1).max(40) });

/** /api/desk/tokens: what lets programs of the operators in. For admins. */
export function tokensRoutes(
  scope: FastifyInstance,
  { store }: DeskOptions,
  now: () => number,
): void {
  scope.get('/api/desk/tokens', async (request) => {
    requireAdmin(request);
    const names = new Map((await store.agents()).map(({ agentId, name }) => [agentId, name]));
    const tokens = (await store.apiTokens()).map(
      ({ tokenHash: _, createdBy, ...shown }): TokenView => ({
        ...shown,
        createdBy: names.get(createdBy) ?? null,
      }),
    );
    return { now: now(), tokens };
  });

  scope.post('/api/desk/tokens', async (request, reply) => {
    requireAdmin(request);
    const wanted = parse(NewTokenSchema, request.body, refuseField);
    const { agentId } = sessionOf(request).agent;
    const token = await makeToken(store, wanted, { by: agentId, now: now() });
    if (token === null) throw new DeskError('tokenTaken');
    return reply.code(201).send({ token });
  });

  scope.post('/api/desk/tokens/:name/drop', async (request) => {
    requireAdmin(request);
    const { name } = parse(ParamsSchema, request.params, refuseField);
    if (!(await store.dropApiToken(name))) throw new DeskError('noToken');
    const actor = sessionOf(request).agent.agentId;
    await store.audit({ at: now(), actor, action: 'token.drop', subject: name });
    return {};
  });
}
