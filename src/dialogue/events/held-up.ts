import { isOpenCase } from '../../domain/case.ts';
import { tellBatch } from '../batch.ts';
import type { EventOf } from '../event.ts';
import { removeSentForm } from '../forms.ts';
import { askForHuman, humanBy } from '../handoff.ts';
import type { Scene } from '../scene.ts';

/** Nothing is lost, and nothing is asked of the person. */
export function onCaseWaits(scene: Scene, { caseId, number }: EventOf<'caseWaits'>): void {
  scene.push({ key: 'backend.waits', params: { number }, caseId });
}

/**
 * The other system will not take the case as it is, and did not say what to change: a person looks
 * at it. The installer hears so, and may withdraw it and send another one.
 */
export function onCaseUntaken(scene: Scene, event: EventOf<'caseUntaken'>): void {
  const { caseId, number } = event;
  const form = scene.form(event.formId);
  const known = scene.context.cases.find((one) => one.caseId === caseId);
  if (form?.phase === 'submitting') {
    removeSentForm(scene, form, known?.draft);
    if (form.batch !== null) tellBatch(scene, form.batch);
  }
  if (!known || !isOpenCase(known.status)) return;
  askForHuman(scene, 'caseUntaken');
  const { when, params } = humanBy(scene);
  const withdraw = { params: { number }, style: 'danger' as const };
  scene.push({
    key: `backend.untaken.${when}`,
    params: { ...params, number, serial: known.serial },
    caseId,
    choices: [
      scene.action('withdraw', 'follow.choice.withdraw', number, withdraw),
      scene.action('status', 'choice.status'),
    ],
  });
}

/** The company's particulars are kept here; where they are not taken, an agent is asked. */
export function onApplicationHeldUp(scene: Scene, { how }: EventOf<'applicationHeldUp'>): void {
  if (how === 'waits') {
    scene.push({ key: 'backend.application.waits' });
    return;
  }
  askForHuman(scene, 'applicationUntaken');
  const { when, params } = humanBy(scene);
  scene.push({ key: `backend.application.untaken.${when}`, params });
}
