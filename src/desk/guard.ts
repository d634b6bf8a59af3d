import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DeskError } from './errors.ts';
import type { DeskSession, Sessions } from './sessions.ts';
import { sameSecret } from './token.ts';

const SESSION = 'deskSession';
const READING = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what another site's page makes a browser send. Browsers name the origin of every POST;
 * one that was told not to still says `sec-fetch-site`, which no page can write.
 * @param publicUrl where people find this server, or null: then the request's own host counts
 */
export function guardOrigin(scope: FastifyInstance, publicUrl: string | null): void {
  const known = publicUrl === null ? null : new URL(publicUrl).origin;
  scope.addHook('onRequest', async (request) => {
    if (READING.includes(request.method)) return;
    const { origin } = request.headers;
    const own = `${request.protocol}://${request.host}`;
    const ours =
      origin === undefined
        ? request.headers['sec-fetch-site'] === 'same-origin'
        : origin === own || origin === known;
    if (!ours) throw new DeskError('foreignOrigin');
  });
}

/**
 * Lets nobody in who is not signed in; whoever changes something must show the session's CSRF
 * token and be more than a viewer. A route that `viewersToo` names is open to viewers as well.
 */
export function guardSession(
  scope: FastifyInstance,
  sessions: Sessions,
  viewersToo: readonly string[],
): void {
  scope.decorateRequest(SESSION, null);
  scope.addHook('onRequest', async (request, reply) => {
    const session = await sessions.find(request, reply);
    if (session === null) throw new DeskError('notSignedIn');
    request.setDecorator(SESSION, session);
    if (READING.includes(request.method)) return;
    const token = request.headers['x-csrf-token'];
    if (typeof token !== 'string' || !sameSecret(token, session.csrf)) {
      throw new DeskError('staleForm');
    }
    const route = request.routeOptions.url ?? '';
    if (session.agent.role === 'viewer' && !viewersToo.includes(route)) {
      throw new DeskError('viewerReads');
    }
  });
}

/** The session of a request that came through `guardSession`. */
export function sessionOf(request: FastifyRequest): DeskSession {
  const session = request.getDecorator<DeskSession | null>(SESSION);
  if (session === null) throw new DeskError('notSignedIn');
  return session;
}

export function requireAdmin(request: FastifyRequest): void {
  if (sessionOf(request).agent.role !== 'admin') throw new DeskError('adminsOnly');
}
