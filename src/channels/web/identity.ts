import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChatError } from './errors.ts';

const COOKIE = 'chat';
/** 400 days, the longest that browsers keep a cookie; every visit begins them anew. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;
/** 256 random bits in base64url. */
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** The chat's id: a hash of the cookie, so that who reads the store cannot become the person. */
function chatIdOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}

/** The chat of this request, or null when it carries no usable cookie. */
export function knownChat(request: FastifyRequest): string | null {
  const cookie = request.cookies[COOKIE];
  return cookie !== undefined && SHAPE.test(cookie) ? chatIdOf(cookie) : null;
}

/**
 * The chat of this request.
 * @throws ChatError `noSession` when there is none: the page opens one and repeats.
 */
export function chatOf(request: FastifyRequest): string {
  const chatId = knownChat(request);
  if (chatId === null) throw new ChatError('noSession', 401);
  return chatId;
}

/** The chat of this request, begun now if need be; the cookie is (re)written either way. */
export function openChat(request: FastifyRequest, reply: FastifyReply, secure: boolean): string {
  const known = request.cookies[COOKIE];
  const cookie =
    known !== undefined && SHAPE.test(known) ? known : randomBytes(32).toString('base64url');
  reply.setCookie(COOKIE, cookie, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: KEPT_SECONDS,
    secure,
  });
  return chatIdOf(cookie);
}

/**
 * Refuses what another site's page makes a browser send. Browsers name the origin of every
 * cross-site POST; a request without one does not come from a page, and has no cookie to borrow.
 * @param publicUrl where people find this server, or null: then the request's own host counts
 * @throws ChatError `foreignOrigin`
 */
export function checkOrigin(request: FastifyRequest, publicUrl: string | null): void {
  const origin = request.headers.origin;
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') throw new ChatError('foreignOrigin', 403);
  if (origin === undefined) return;
  const own = [`${request.protocol}://${request.host}`];
  if (publicUrl !== null) own.push(new URL(publicUrl).origin);
  if (!own.includes(origin)) throw new ChatError('foreignOrigin', 403);
}
