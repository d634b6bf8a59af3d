import { promise } from '../../domain/promise.ts';
import type { EventOf } from '../event.ts';
import { remindOfWaiting } from '../reminders.ts';
import type { Scene } from '../scene.ts';

/** The calendar was edited, and this case's promise goes with it. Nothing else of the case changes. */
export function onPromiseMoved(scene: Scene, { caseId }: EventOf<'promiseMoved'>): void {
  const { calendar, settings, cases } = scene.context;
  const summary = cases.find((known) => known.caseId === caseId);
  if (summary?.status !== 'submitted' && summary?.status !== 'inReview') return;
  const { draft, number, serial, status, revision } = summary;
  const made = promise(calendar, draft.takenAt ?? draft.submittedAt, settings.slaMinutes);
  if (made.answerBy === draft.promise.answerBy) return;
  const moved = { ...draft, promise: made };
  scene.effects.push({
    kind: 'changeCase',
    caseId,
    revision: revision + 1,
    status,
    reason: null,
    note: null,
    by: null,
    draft: moved,
  });
  remindOfWaiting(scene, moved);
  scene.push({
    key: 'case.promiseMoved',
    params: { number, serial, answerBy: made.answerBy },
    caseId,
  });
}
