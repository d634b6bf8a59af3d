import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AgentRow } from '../store/contract.ts';
import type { DeskStore } from './options.ts';
import { hashToken, newToken } from './token.ts';

/** 12 hours without a request end a session. */
const IDLE = 12 * 60 * 60 * 1000;
/** However busy it is: an open page alone must not keep somebody signed in for good. */
const LONGEST = 24 * 60 * 60 * 1000;
/** Written again at most this often, so that a busy page does not write with each request. */
const RENEW_AFTER = 5 * 60 * 1000;
/** A token, and when the session began, in milliseconds to the base 36. */
const SHAPE = /^[A-Za-z0-9_-]{43}\.([0-9a-z]{1,10})$/;

export interface DeskSession {
  tokenHash: string;
  agent: AgentRow;
  csrf: string;
}

/**
 * Who is signed in: a random cookie here, its hash in the store. The cookie names the session's
 * beginning; the hash covers it, so that another beginning is another, unknown cookie.
 */
export class Sessions {
  private readonly store: Pick<DeskStore, 'openSession' | 'session' | 'closeSession'>;
  private readonly https: boolean;
  private readonly now: () => number;

  /** @param https whether people reach this server by https, whatever a proxy says of a request */
  constructor(
    store: Pick<DeskStore, 'openSession' | 'session' | 'closeSession'>,
    https: boolean,
    now: () => number,
  ) {
    this.store = store;
    this.https = https;
    this.now = now;
  }

  /** Begins a session and writes its cookie; one that this browser had is over. */
  async open(request: FastifyRequest, reply: FastifyReply, agent: AgentRow): Promise<DeskSession> {
    const before = this.cookieOf(request);
    if (before !== null) await this.store.closeSession(hashToken(before.value));
    const began = this.now();
    const value = `${newToken()}.${began.toString(36)}`;
    const session = { tokenHash: hashToken(value), agent, csrf: newToken() };
    await this.keep(session, began);
    this.writeCookie(request, reply, value);
    return session;
  }

  /** The session of this request, prolonged; null when nobody is signed in. */
  async find(request: FastifyRequest, reply: FastifyReply): Promise<DeskSession | null> {
    const cookie = this.cookieOf(request);
    if (cookie === null) return null;
    const tokenHash = hashToken(cookie.value);
    const known = await this.store.session(tokenHash, this.now());
    if (known === null || known.agent.role === 'left') return null;
    const session = { tokenHash, agent: known.agent, csrf: known.csrf };
    if (known.expiresAt + RENEW_AFTER < this.endOf(cookie.began)) {
      await this.keep(session, cookie.began);
      this.writeCookie(request, reply, cookie.value);
    }
    return session;
  }

  async holds(tokenHash: string): Promise<boolean> {
    const known = await this.store.session(tokenHash, this.now());
    return known !== null && known.agent.role !== 'left';
  }

  async close(request: FastifyRequest, reply: FastifyReply, session: DeskSession): Promise<void> {
    await this.store.closeSession(session.tokenHash);
    const { name, path, secure } = this.kindOf(request);
    reply.clearCookie(name, { path, secure, httpOnly: true, sameSite: 'strict' });
  }

  /** When a session that is used now ends. */
  private endOf(began: number): number {
    return Math.min(this.now() + IDLE, began + LONGEST);
  }

  private async keep(session: DeskSession, began: number): Promise<void> {
    await this.store.openSession({
      tokenHash: session.tokenHash,
      agentId: session.agent.agentId,
      csrf: session.csrf,
      expiresAt: this.endOf(began),
    });
  }

  private cookieOf(request: FastifyRequest): { value: string; began: number } | null {
    const value = request.cookies[this.kindOf(request).name] ?? '';
    const began = SHAPE.exec(value)?.[1];
    return began === undefined ? null : { value, began: Number.parseInt(began, 36) };
  }

  /** By https the name's prefix keeps other hosts of the domain, and plain http, from writing it. */
  private kindOf(request: FastifyRequest): { name: string; path: string; secure: boolean } {
    return this.https || request.protocol === 'https'
      ? { name: '__Host-desk', path: '/', secure: true }
      : { name: 'desk', path: '/api/desk', secure: false };
  }

  private writeCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
    const { name, path, secure } = this.kindOf(request);
    reply.setCookie(name, value, {
      path,
      secure,
      httpOnly: true,
      sameSite: 'strict',
      maxAge: IDLE / 1000,
    });
  }
}
