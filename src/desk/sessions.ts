import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AgentRow } from '../store/contract.ts';
import type { DeskStore } from './options.ts';
import { hashToken, newToken } from './token.ts';

const COOKIE = 'desk';
const PATH = '/api/desk';
/** 12 hours without a request end a session. */
const LENGTH = 12 * 60 * 60 * 1000;
/** Written again at most this often, so that a busy page does not write with each request. */
const RENEW_AFTER = 5 * 60 * 1000;
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

export interface DeskSession {
  tokenHash: string;
  agent: AgentRow;
  csrf: string;
}

/** Who is signed in: a random cookie here, its hash in the store. */
export class Sessions {
  private readonly store: Pick<DeskStore, 'openSession' | 'session' | 'closeSession'>;
  private readonly secure: boolean;
  private readonly now: () => number;

  constructor(
    store: Pick<DeskStore, 'openSession' | 'session' | 'closeSession'>,
    secure: boolean,
    now: () => number,
  ) {
    this.store = store;
    this.secure = secure;
    this.now = now;
  }

  /** Begins a session and writes its cookie. */
  async open(reply: FastifyReply, agent: AgentRow): Promise<DeskSession> {
    const token = newToken();
    const session = { tokenHash: hashToken(token), agent, csrf: newToken() };
    await this.keep(session);
    this.writeCookie(reply, token);
    return session;
  }

  /** The session of this request, prolonged; null when nobody is signed in. */
  async find(request: FastifyRequest, reply: FastifyReply): Promise<DeskSession | null> {
    const token = request.cookies[COOKIE];
    if (token === undefined || !SHAPE.test(token)) return null;
    const tokenHash = hashToken(token);
    const known = await this.store.session(tokenHash, this.now());
    if (known === null) return null;
    const session = { tokenHash, agent: known.agent, csrf: known.csrf };
    if (known.expiresAt < this.now() + LENGTH - RENEW_AFTER) {
      await this.keep(session);
      this.writeCookie(reply, token);
    }
    return session;
  }

  async holds(tokenHash: string): Promise<boolean> {
    return (await this.store.session(tokenHash, this.now())) !== null;
  }

  async close(reply: FastifyReply, session: DeskSession): Promise<void> {
    await this.store.closeSession(session.tokenHash);
    reply.clearCookie(COOKIE, { path: PATH });
  }

  private async keep(session: DeskSession): Promise<void> {
    await this.store.openSession({
      tokenHash: session.tokenHash,
      agentId: session.agent.agentId,
      csrf: session.csrf,
      expiresAt: this.now() + LENGTH,
    });
  }

  private writeCookie(reply: FastifyReply, token: string): void {
    reply.setCookie(COOKIE, token, {
      path: PATH,
      httpOnly: true,
      sameSite: 'strict',
      secure: this.secure,
      maxAge: LENGTH / 1000,
    });
  }
}
