import { isOpenCase, mayBecome } from '../../domain/case.ts';
import { tellBatch } from '../batch.ts';
import type { CaseSummary } from '../context.ts';
import type { EventOf } from '../event.ts';
import { closeForm, openRepair } from '../forms.ts';
import { watchNeedsInfo } from '../reminders.ts';
import type { Line } from '../reply.ts';
import { askLater } from '../satisfaction.ts';
import type { Scene } from '../scene.ts';

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

/** The case stays what it is; agents find the other system's words in its note. */
export function onCaseNoted(scene: Scene, event: EventOf<'caseNoted'>): void {
  const summary = scene.context.cases.find((known) => known.caseId === event.caseId);
  if (!summary || event.revision <= summary.revision || !isOpenCase(summary.status)) return;
  const { caseId, number, serial, status } = summary;
  const { revision, words, by = null } = event;
  scene.effects.push({
    kind: 'changeCase',
    caseId,
    revision,
    status,
    reason: null,
    note: words,
    by,
  });
  scene.push({ key: 'backend.noted', params: { number, serial, words }, caseId });
}

function tell(scene: Scene, event: EventOf<'caseChanged'>, summary: CaseSummary): void {
  if (summary.draft.batch !== undefined) tellTogether(scene, event, summary, summary.draft.batch);
  else tellAlone(scene, event, summary);
}

/** Of cases that were sent together one message tells; a refusal is told beside it. */
function tellTogether(
  scene: Scene,
  event: EventOf<'caseChanged'>,
  summary: CaseSummary,
  batch: string,
): void {
  const { status } = event;
  const { caseId } = summary;
  if (status === 'submitted') return;
  if (status === 'unbound' || status === 'cancelled') closeRepairsOf(scene, caseId);
  const stillBound = scene.action('human', 'choice.stillBound', 'stillBound');
  const changed = { caseId, status, reason: event.reason ?? null };
  tellBatch(scene, batch, changed, status === 'unbound' ? [stillBound] : []);
  if (status === 'rejected' || status === 'needsInfo') tellRefusal(scene, event, summary);
}

function tellAlone(scene: Scene, event: EventOf<'caseChanged'>, summary: CaseSummary): void {
  const params = { number: summary.number, serial: summary.serial };
  const { caseId } = summary;
  switch (event.status) {
    case 'inReview':
      scene.push({ key: 'case.inReview', params, caseId });
      return;
    case 'unbound':
      closeRepairsOf(scene, caseId);
      askLater(scene, caseId);
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

/** Closes what repaired this case. Where the person stood in it, the next open question follows. */
function closeRepairsOf(scene: Scene, caseId: string): boolean {
  const repairs = scene.conversation.forms.filter((form) => form.repairs?.caseId === caseId);
  const stood = repairs.some((form) => form.id === scene.focus?.id);
  for (const form of repairs) closeForm(scene, form);
  if (stood) scene.asks = true;
  return stood;
}

function linesOf(event: EventOf<'caseChanged'>): Line[] {
  const words = (label: string, text: string | undefined): Line[] =>
    text ? [{ label, key: 'case.words', params: { words: text } }] : [];
  return [
    ...(event.reason ? [{ label: 'case.reason', key: `reason.${event.reason}` }] : []),
    ...words('case.question', event.question),
    ...words('case.note', event.note),
  ];
}

/**
 * A refusal opens its repair and says so; the focus stays where it is, except on the repair that
 * this one replaces. Under an agent it is told without the repair's button.
 */
function tellRefusal(scene: Scene, event: EventOf<'caseChanged'>, summary: CaseSummary): void {
  const stood = closeRepairsOf(scene, summary.caseId);
  if (event.status === 'needsInfo') watchNeedsInfo(scene, summary.caseId);
  const form = openRepair(scene, summary, event);
  if (stood) scene.conversation.focus = form.id;
  const fix = scene.actionOn(form, 'repair', 'choice.fixNow', 'begin', { style: 'primary' });
  scene.push({
    key: event.status === 'needsInfo' ? 'case.needsInfo' : 'case.rejected',
    params: { number: summary.number, serial: summary.serial },
    lines: linesOf(event),
    caseId: summary.caseId,
    ...(scene.agentOwns ? {} : { choices: [fix, scene.action('human', 'choice.human')] }),
  });
}
