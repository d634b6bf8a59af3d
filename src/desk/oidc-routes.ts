import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Oidc, type Pending, PendingSchema } from './oidc.ts';
import type { DeskOptions } from './options.ts';
import type { Sessions } from './sessions.ts';

const START = '/api/desk/oidc/start';
const CALLBACK = '/api/desk/oidc/callback';
const COOKIE = 'desk-oidc';
const TEN_MINUTES = 10 * 60;

/**
 * Signing in at one's own OpenID provider, for people whom an admin has let in: their login is what
 * the provider calls them. Nobody is let in by the provider alone.
 */
export function oidcRoutes(
  scope: FastifyInstance,
  options: DeskOptions,
  { sessions, now }: { sessions: Sessions; now: () => number },
): void {
  const { store, publicUrl, oidc: settings } = options;
  const on = settings !== null && publicUrl !== null;
  scope.get('/api/desk/ways', async () => ({ oidc: on }));
  if (!on) return;
  const oidc = new Oidc(settings, publicUrl + CALLBACK);
  const cookie = {
    path: '/api/desk/oidc',
    secure: publicUrl.startsWith('https:'),
    httpOnly: true,
    // The provider's page sends the browser back, which is another site's doing.
    sameSite: 'lax' as const,
    maxAge: TEN_MINUTES,
  };

  scope.get(START, async (request, reply) => {
    try {
      const { url, pending } = await oidc.begin();
      return reply.setCookie(COOKIE, written(pending), cookie).redirect(url);
    } catch (error) {
      return refuse(request, reply, error);
    }
  });

  scope.get(CALLBACK, async (request, reply) => {
    const pending = read(request.cookies[COOKIE]);
    reply.clearCookie(COOKIE, { path: cookie.path });
    if (pending === null) return reply.redirect('/desk?signIn=failed');
    let login: string | null;
    try {
      login = await oidc.finish(request.url.split('?')[1] ?? '', pending);
    } catch (error) {
      return refuse(request, reply, error);
    }
    const agent = login === null ? null : await store.agentByLogin(login);
    if (agent === null || agent.role === 'left') return reply.redirect('/desk?signIn=unknown');
    await sessions.open(request, reply, agent);
    await store.audit({
      at: now(),
      actor: agent.agentId,
      action: 'signIn',
      subject: agent.agentId,
      detail: 'oidc',
    });
    return reply.redirect('/desk');
  });
}

function written(pending: Pending): string {
  return Buffer.from(JSON.stringify(pending)).toString('base64url');
}

function read(cookie: string | undefined): Pending | null {
  try {
    const json: unknown = JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString());
    return PendingSchema.safeParse(json).data ?? null;
  } catch {
    return null;
  }
}

/** The error's code says enough for operators; its message may quote what the provider sent. */
function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const known = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected';
  request.log.warn({ code: known }, 'signing in at the OpenID provider failed');
  return reply.redirect('/desk?signIn=failed');
}
