import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import type { AuditLine } from '../store/contract.ts';
import { refuseField } from './errors.ts';
import { requireAdmin } from './guard.ts';
import type { DeskOptions } from './options.ts';
import type { AuditLineView } from './wire/audit.ts';

const PAGE = 200;
const MOST = 5000;

const QuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(MOST).default(PAGE),
});

type About = NonNullable<AuditLineView['about']>;

/** What a line is about, by its action's first word. */
const KINDS: Record<string, About['kind']> = {
  case: 'case',
  sadpString: 'case',
  conversation: 'conversation',
  photo: 'conversation',
  account: 'conversation',
  person: 'conversation',
  agent: 'person',
};

/** GET /api/desk/audit: who looked at what, decided what and let whom in. For admins. */
export function auditRoute(scope: FastifyInstance, { store }: DeskOptions): void {
  scope.get('/api/desk/audit', async (request) => {
    requireAdmin(request);
    const { limit } = parse(QuerySchema, request.query, refuseField);
    // One more than asked for tells whether there are older ones.
    const found = await store.auditTrail(limit + 1);
    const names = new Map((await store.agents()).map(({ agentId, name }) => [agentId, name]));
    const numbers = new Map<string, string | null>();
    const labelOf = async (kind: About['kind'], id: string): Promise<string | null> => {
      if (kind === 'person') return names.get(id) ?? null;
      if (kind === 'conversation') return null;
      if (!numbers.has(id)) numbers.set(id, (await store.caseById(id))?.number ?? null);
      return numbers.get(id) ?? null;
    };
    const lines: AuditLineView[] = [];
    for (const line of found.slice(0, limit)) {
      const kind = KINDS[line.action.split('.')[0] ?? ''];
      const about = kind
        ? { kind, id: line.subject, label: await labelOf(kind, line.subject) }
        : null;
      lines.push(viewOf(line, names, about));
    }
    return { lines, more: found.length > limit && limit < MOST };
  });
}

function viewOf(line: AuditLine, names: Map<string, string>, about: About | null): AuditLineView {
  return {
    at: line.at,
    actor: { id: line.actor, name: names.get(line.actor) ?? null },
    action: line.action,
    about,
    detail: line.detail ?? null,
  };
}
