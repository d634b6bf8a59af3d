import { scryptSync } from 'node:crypto';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { createVerifier } from '../../src/cases/verify.ts';
import { createDesk } from '../../src/desk/desk.ts';
import type { Decision, DeskOptions } from '../../src/desk/options.ts';
import type { Setup } from '../../src/desk/setup.ts';
import type { Event } from '../../src/dialogue/event.ts';
import type { Owner } from '../../src/dialogue/owner.ts';
import { Hints } from '../../src/engine/hints.ts';
import { Masker } from '../../src/engine/mask.ts';
import { loadFlows } from '../../src/flows/load.ts';
import type { Book } from '../../src/office/book.ts';
import { defaultBook } from '../../src/office/defaults.ts';
import { createOfficeDesk } from '../../src/office/office-desk.ts';
import { createServer } from '../../src/server/server.ts';
import type { AgentRow } from '../../src/store/contract.ts';
import { root, settings } from '../conversations/world.ts';
import { coverTop } from './cover-top.ts';
import { MemoryStore } from './memory-store.ts';
import { NOW } from './rows.ts';

export const PASSWORD = 'một câu đủ dài để nhớ';
export const ORIGIN = 'http://desk.test';

/** Cheaper than the desk makes them: a test signs in often. */
function cheapHash(password: string): string {
  const salt = Buffer.from('0123456789abcdef');
  const hash = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
  return `scrypt$1024$8$1$${salt.toString('base64')}$${hash.toString('base64')}`;
}
const passwordHash = cheapHash(PASSWORD);

/** Who owns a conversation after an agent's act, as the turn would have it. */
function ownerAfter(owner: Owner, event: Event): Owner {
  if (event.type !== 'agentActed') return owner;
  const holder = owner.who === 'agent' ? owner.agentId : null;
  if (event.act === 'takeOver' && holder === (event.from ?? null)) {
    const { agentId, agentName } = event;
    return { who: 'agent', agentId, agentName, epoch: owner.epoch + 1 };
  }
  if (event.act !== 'handBack' || holder !== event.agentId) return owner;
  return { who: 'bot', agentId: null, agentName: null, epoch: owner.epoch + 1 };
}

export function agentRow(role: AgentRow['role'], name: string): AgentRow {
  return { agentId: `id-${name}`, name, login: name.toLowerCase(), passwordHash, role };
}

/** A desk on the real server, with everything that it did to the rooms around it. */
export interface DeskApp {
  app: FastifyInstance;
  store: MemoryStore;
  setup: Setup;
  events: Event[];
  decisions: { caseId: string; decision: Decision }[];
  /** Everything that was logged, as it stands in the log. */
  logged: () => string;
  /** The listeners of the live hub. */
  listeners: Set<(conversationId: string) => void>;
  clock: { now: number };
  /** The office book in force. */
  office: { book: Book; version: string; complaint: string | null };
}

export async function deskApp(more: Partial<DeskOptions> = {}): Promise<DeskApp> {
  const store = new MemoryStore();
  const clock = { now: NOW };
  const events: Event[] = [];
  const decisions: DeskApp['decisions'] = [];
  const listeners: DeskApp['listeners'] = new Set();
  const office: DeskApp['office'] = { book: defaultBook(), version: '1', complaint: null };
  const { routes, setup } = createDesk({
    store,
    intake: {
      accept: async (event) => {
        const known = events.some(({ eventId }) => eventId === event.eventId);
        events.push(event);
        const row = store.conversations.find(({ chatId }) => chatId === event.chatId);
        if (known || !row) return { outcome: 'duplicate', owner: null };
        row.owner = ownerAfter(row.owner, event);
        return { outcome: 'done', owner: row.owner };
      },
    },
    live: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    masker: new Masker({
      store,
      drawer: { mask: coverTop },
      log: pino({ level: 'silent' }),
      now: () => clock.now,
    }),
    hints: new Hints({ tellHint: async () => undefined }),
    tell: (conversationId) => {
      for (const listener of listeners) listener(conversationId);
    },
    flows: loadFlows(join(root, 'flows')),
    settings: () => settings,
    carries: (channel) => channel !== 'zalo-bot',
    photos: { tidy: async (bytes) => ({ bytes, mime: 'image/jpeg' }) },
    duty: { look: async () => undefined },
    office: createOfficeDesk({
      office: {
        current: () => ({
          book: office.book,
          version: office.version,
          complaint: office.complaint,
        }),
        save: async (book, seen) => {
          if (seen !== office.version) return false;
          office.book = book as Book;
          office.version += "'";
          return true;
        },
      },
      store,
      accept: async (event) => void events.push(event),
      now: () => clock.now,
    }),
    decide: async ({ caseId, revision, decision, agent }) => {
      decisions.push({ caseId, decision });
      const at = store.cases.findIndex((row) => row.caseId === caseId);
      const row = store.cases[at];
      const changed = { status: decision.status, revision: revision + 1, decidedBy: agent.name };
      if (row) store.cases[at] = { ...row, ...changed };
    },
    oidc: null,
    verify: createVerifier({
      store,
      accept: async (event) => void events.push(event),
      now: () => clock.now,
    }),
    publicUrl: null,
    now: () => clock.now,
    ...more,
  });
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const app = await createServer({
    config: { publicUrl: more.publicUrl ?? null },
    log: pino({ level: 'trace' }, sink),
    ready: () => true,
    routes: [routes],
  });
  return {
    app,
    store,
    setup,
    events,
    decisions,
    logged: () => lines.join(''),
    listeners,
    clock,
    office,
  };
}

export interface SignedIn {
  cookie: string;
  csrf: string;
  get(path: string): Promise<LightMyRequestResponse>;
  post(
    path: string,
    body?: object,
    headers?: Record<string, string | undefined>,
  ): Promise<LightMyRequestResponse>;
}

export function login(app: FastifyInstance, body: object, remoteAddress = '10.0.0.1') {
  return app.inject({
    method: 'POST',
    url: '/api/desk/login',
    headers: { origin: ORIGIN, host: 'desk.test' },
    remoteAddress,
    payload: body,
  });
}

/** Adds somebody and signs them in. */
export async function signIn(
  { app, store }: DeskApp,
  role: AgentRow['role'] = 'agent',
  name = 'An',
): Promise<SignedIn> {
  store.people.push(agentRow(role, name));
  const response = await login(app, { login: name.toLowerCase(), password: PASSWORD });
  const value = response.cookies[0]?.value ?? '';
  const { csrf } = response.json<{ csrf: string }>();
  const headers = { host: 'desk.test', cookie: `desk=${value}` };
  return {
    cookie: value,
    csrf,
    get: (path) => app.inject({ method: 'GET', url: `/api/desk${path}`, headers }),
    post: (path, body = {}, extra = {}) =>
      app.inject({
        method: 'POST',
        url: `/api/desk${path}`,
        headers: Object.fromEntries(
          Object.entries({ ...headers, origin: ORIGIN, 'x-csrf-token': csrf, ...extra }).filter(
            (entry): entry is [string, string] => entry[1] !== undefined,
          ),
        ),
        payload: body,
      }),
  };
}

export function codeOf(response: LightMyRequestResponse): string {
  return response.json<{ error: { code: string } }>().error.code;
}
