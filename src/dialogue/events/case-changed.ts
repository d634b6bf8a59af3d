import { mayBecome } from '../../domain/case.ts';
import type { CaseSummary } from '../context.ts';
import type { EventOf } from '../event.ts';
import { openRepair, removeForm } from '../forms.ts';
import type { Scene } from '../scene.ts';
import { writeToken } from '../token.ts';

/**
 * The backend changed a case. The turn writes the case row and tells the installer at once,
 * whoever owns the conversation; a revision that is not newer is dropped.
 */
export function onCaseChanged(scene: Scene, event: EventOf<'caseChanged'>): void {
  const summary = scene.context.cases.find((known) => known.caseId === event.caseId);
  if (!summary || event.revision <= summary.revision) return;
  if (!mayBecome(summary.status, event.status)) return;
  scene.effects.push({
    kind: 'changeCase',
    caseId: event.caseId,
    revision: event.revision,
    status: event.status,
    reason: event.reason ?? null,
    note: event.note ?? null,
    by: event.by ?? null,
  });
  tell(scene, event, summary);
}

function tell(scene: Scene, event: EventOf<'caseChanged'>, summary: CaseSummary): void {
  const params = { number: summary.number, serial: summary.serial };
  const { caseId } = summary;
  switch (event.status) {
    case 'inReview':
      scene.push({ key: 'case.inReview', params, caseId });
      return;
    case 'unbound':
      closeRepairsOf(scene, caseId);
      scene.push({
        key: 'case.unbound',
        params,
        caseId,
        choices: [
          scene.action('human', 'choice.stillBound', 'stillBound'),
          scene.action('start', 'choice.new', 'new'),
        ],
      });
      return;
    case 'cancelled':
      closeRepairsOf(scene, caseId);
      scene.push({ key: 'case.cancelled', params, caseId });
      return;
    case 'rejected':
    case 'needsInfo':
      tellRefusal(scene, event, summary);
      return;
    case 'submitted':
      return;
  }
}

function closeRepairsOf(scene: Scene, caseId: string): void {
  for (const form of scene.conversation.forms.filter((f) => f.repairs?.caseId === caseId)) {
    removeForm(scene, form);
  }
}

/** A refusal opens its repair. Under an agent it is told without the repair's button. */
function tellRefusal(
  scene: Scene,
  event: EventOf<'caseChanged'>,
  summary: CaseSummary,
): void {
  closeRepairsOf(scene, summary.caseId);
  const form = openRepair(scene, summary, event);
  const token = writeToken({ form: form.id, of: 'repair', revision: 1, value: 'begin' });
  scene.push({
    key: event.status === 'needsInfo' ? 'case.needsInfo' : 'case.rejected',
    params: { number: summary.number, serial: summary.serial },
    lines: [
      ...(event.reason
        ? [{ label: 'case.reason', key: `reason.${event.reason}` }]
        : []),
      ...(event.question
        ? [{ label: 'case.question', key: 'case.words', params: { words: event.question } }]
        : []),
      ...(event.note
        ? [{ label: 'case.note', key: 'case.words', params: { words: event.note } }]
        : []),
    ],
    caseId: summary.caseId,
    ...(scene.agentOwns
      ? {}
      : {
          choices: [
            { token, key: 'choice.fixNow', style: 'primary' },
            scene.action('human', 'choice.human'),
          ],
        }),
  });
}
