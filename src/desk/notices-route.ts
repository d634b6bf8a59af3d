import type { FastifyInstance } from 'fastify';
import type { CaseRow, NoticeRow } from '../store/contract.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import type { Notice } from './wire/office.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST = 1000;
const MOST_OPEN = 500;
/** How long a notice may matter; one about a case goes sooner, when the case is looked after. */
const LIVES: Record<NoticeRow['kind'], number> = {
  nudge: 7 * DAY,
  escalation: 7 * DAY,
  digest: 12 * HOUR,
  summary: 7 * DAY,
  holidays: 7 * DAY,
};
const URGENCY: NoticeRow['kind'][] = ['escalation', 'nudge', 'digest', 'holidays', 'summary'];
const FOR_ADMINS: NoticeRow['kind'][] = ['summary', 'holidays'];

/** Whether the case still waits for what the notice is about. */
function stillWaits({ kind, data }: NoticeRow, row: CaseRow): boolean {
  if (row.draft.promise.internalTarget !== data.target) return false;
  return row.status === 'submitted' || (kind === 'escalation' && row.status === 'inReview');
}

/** GET /api/desk/notices: what agents should see to, and for admins how the days went. */
export function noticesRoute(
  scope: FastifyInstance,
  { store }: DeskOptions,
  now: () => number,
): void {
  scope.get('/api/desk/notices', async (request) => {
    const admin = sessionOf(request).agent.role === 'admin';
    const found = await store.notices(now() - 7 * DAY, MOST);
    const mine = found.filter(
      ({ kind, at }) => (admin || !FOR_ADMINS.includes(kind)) && at > now() - LIVES[kind],
    );
    const escalated = new Set(
      mine.flatMap(({ kind, caseId }) => (kind === 'escalation' ? [caseId] : [])),
    );
    // One look at the queue for all of them; a case that is not in it waits for nothing.
    const open = await store.casesForDesk({ open: true, limit: MOST_OPEN });
    const rows = new Map(open.map((row) => [row.caseId, row]));
    const notices: Notice[] = [];
    for (const notice of mine) {
      const { key, kind, at, caseId, data } = notice;
      if (kind === 'nudge' && escalated.has(caseId)) continue;
      const row = rows.get(caseId ?? '') ?? null;
      if (caseId !== null && (row === null || !stillWaits(notice, row))) continue;
      const about = row && { caseId: row.caseId, number: row.number, serial: row.serial };
      notices.push({ key, kind, at, about, data });
    }
    return {
      notices: notices.sort(
        (a, b) => URGENCY.indexOf(a.kind) - URGENCY.indexOf(b.kind) || b.at - a.at,
      ),
    };
  });
}
