import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import type { InboxRow } from '../store/contract.ts';
import { conversationOf } from './conversations-routes.ts';
import { refuseField } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import { findConversations } from './search.ts';
import { conversationView } from './views.ts';
import type { InboxRowView } from './wire/inbox.ts';

const MOST = 1000;
/** Closed conversations are looked for, not scrolled through. */
const MOST_CLOSED = 200;
/** Without anything that waits, a conversation counts as closed after a day. */
const ACTIVE_MS = 24 * 60 * 60 * 1000;
const MOST_IDS = 100;
const MOST_FOUND = 50;

const ListSchema = z.object({ show: z.enum(['open', 'closed']).default('open') });
const IdsSchema = z.object({
  ids: z
    .string()
    .transform((ids) => [...new Set(ids.split(',').filter((id) => id !== ''))])
    .pipe(z.array(z.string().max(200)).max(MOST_IDS)),
});
const SeenSchema = z.object({ line: z.number().int().min(0) });
const SearchSchema = z.object({ q: z.string('tooShort').trim().min(2, 'tooShort').max(200) });

function inboxRowView(row: InboxRow): InboxRowView {
  const { accountVerified: _, ...listed } = conversationView(row);
  const { waiting, unread, lastLine, openCases, answerBy } = row;
  return { ...listed, waiting, unread, lastLine, openCases, answerBy };
}

/** The inbox: its list, what changed in it, what was seen, who writes, and the search. */
export function inboxRoutes(scope: FastifyInstance, options: DeskOptions, now: () => number): void {
  const { store } = options;

  scope.get('/api/desk/inbox', async (request) => {
    const { show } = parse(ListSchema, request.query, refuseField);
    const { agentId } = sessionOf(request).agent;
    const since = now() - ACTIVE_MS;
    const limit = show === 'open' ? MOST : MOST_CLOSED;
    const rows = await store.inbox(agentId, { show, since, limit });
    const off = await store.offDuty();
    return {
      now: now(),
      slaMinutes: options.settings().slaMinutes,
      onDuty: !off.includes(agentId),
      rows: rows.map(inboxRowView),
    };
  });

  scope.get('/api/desk/inbox/rows', async (request) => {
    const { ids } = parse(IdsSchema, request.query, refuseField);
    const rows = await store.inbox(sessionOf(request).agent.agentId, { ids });
    return { rows: rows.map(inboxRowView) };
  });

  scope.get('/api/desk/search', async (request) => {
    const { q } = parse(SearchSchema, request.query, refuseField);
    const ids = await findConversations(store, q, MOST_FOUND);
    const rows = await store.inbox(sessionOf(request).agent.agentId, { ids });
    const place = new Map(ids.map((id, index) => [id, index]));
    const order = (row: InboxRow) => place.get(row.conversationId) ?? MOST_FOUND;
    return { rows: rows.toSorted((a, b) => order(a) - order(b)).map(inboxRowView) };
  });

  scope.post('/api/desk/conversations/:conversationId/seen', async (request) => {
    const { line } = parse(SeenSchema, request.body, refuseField);
    const { conversationId } = await conversationOf(request, options);
    await store.markSeen(sessionOf(request).agent.agentId, conversationId, line);
    return {};
  });

  scope.post('/api/desk/conversations/:conversationId/writing', async (request) => {
    const { conversationId } = await conversationOf(request, options);
    const { agentId, name } = sessionOf(request).agent;
    options.hints.tell({ kind: 'writing', conversationId, agentId, name });
    return {};
  });
}
