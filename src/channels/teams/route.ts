import type { FastifyPluginAsync } from 'fastify';
import { withinPatience } from '../within-patience.ts';
import { ActivitySchema } from './activity.ts';
import { TeamsError } from './errors.ts';
import type { Gate } from './gate.ts';
import type { Incoming } from './incoming.ts';

const MESSAGES_PATH = '/api/messages';
/** A message of Teams has 100 KB at most; its entities and its HTML come on top. */
const MAX_BODY = 512 * 1024;

/**
 * POST /api/messages, where the Bot Framework delivers. 200 after the commit; 503 makes it deliver
 * again; 401 and 403 for whatever is not Teams.
 */
export function messagesRoute(
  gate: Gate,
  incoming: Incoming,
  patienceMs: number,
): FastifyPluginAsync {
  return async (app) => {
    app.post(
      MESSAGES_PATH,
      {
        bodyLimit: MAX_BODY,
        onRequest: async (request) => gate.checkHeader(request.headers.authorization),
      },
      async (request, reply) => {
        const parsed = ActivitySchema.safeParse(request.body);
        if (!parsed.success) throw new TeamsError('noActivity');
        const activity = parsed.data;
        const { authorization } = request.headers;
        await withinPatience(gate.check(activity, authorization), patienceMs).catch(refuse);
        const answer = await withinPatience(incoming.take(activity), patienceMs).catch(refuse);
        return reply.code(200).send(answer ?? {});
      },
    );
  };
}

function refuse(cause: unknown): never {
  throw cause instanceof TeamsError ? cause : new TeamsError('notKept', { cause });
}
