import type { EventOf } from '../event.ts';
import { forgetStrings, keepSecret } from '../sadp.ts';
import { recogniseSadp } from '../../domain/sadp-string.ts';
import { removeForm } from '../forms.ts';
import { endReading, markSadpPhoto, takeReading } from '../photos.ts';
import { promise } from '../../domain/promise.ts';
import type { Scene } from '../scene.ts';

/** A photo was read. A string seen in it is kept as a secret before anything else. */
export function onPhotoRead(scene: Scene, event: EventOf<'photoRead'>): void {
  const form = scene.conversation.forms.find((candidate) =>
    candidate.photos.some((photo) => photo.photoId === event.photoId),
  );
  if (!form) return;
  const found = event.sadpString ? recogniseSadp(event.sadpString) : null;
  if (found?.kind === 'complete' && form.album?.readId === event.readId && !form.album.sadpRef) {
    if (!scene.agentOwns) forgetStrings(scene, form);
    form.album.sadpRef = keepSecret(scene, form, found.text);
    form.album.sadpFormat = found.format;
  }
  takeReading(scene, form, event);
  if (found?.kind === 'complete') markSadpPhoto(form, event.photoId);
  if (form.id !== scene.conversation.focus) scene.asks = false;
}

/** A timer of this conversation rang. */
export function onTimer(scene: Scene, event: EventOf<'timerFired'>): void {
  const form = scene.form(/^read:(.+)$/.exec(event.timer)?.[1] ?? null);
  if (form) endReading(scene, form);
}

/** The case of a form was opened, or the serial has an open case already. */
export function onSubmitted(scene: Scene, event: EventOf<'submitted'>): void {
  const form = scene.form(event.formId);
  if (form?.phase !== 'submitting') return;
  if (event.outcome === 'opened') {
    const { calendar, settings } = scene.context;
    const stored = scene.context.cases.find((known) => known.caseId === event.caseId)?.draft;
    const made = stored?.promise ?? promise(calendar, event.at, settings.slaMinutes);
    removeForm(scene, form);
    scene.push({
      key: 'case.submitted',
      params: { number: event.number ?? '', serial: form.slots.serial?.state === 'filled' ? form.slots.serial.value.serial.short : '' },
      lines: [
        {
          label: 'review.answer',
          key: `promise.${made.why}`,
          params: { minutes: settings.slaMinutes, answerBy: made.answerBy },
        },
      ],
      caseId: event.caseId,
      choices: [
        scene.action('status', 'choice.view'),
        scene.action('start', 'choice.new', 'new'),
      ],
    });
    scene.asks = true;
    return;
  }
  form.phase = 'open';
  scene.renew(form, 'review');
  if (!scene.focus) scene.conversation.focus = form.id;
  const serial = scene.value(form, 'serial')?.serial.short ?? '';
  scene.push({
    key: event.own ? 'case.duplicateOwn' : 'case.duplicateOther',
    params: { serial },
    choices: [
      scene.action('correct', 'choice.changeSerial', 'serial'),
      ...(event.own ? [scene.action('status', 'choice.status')] : []),
      scene.action('human', 'choice.human'),
      scene.action('cancel', 'choice.cancel'),
    ],
  });
}

/** The account's company verification arrived or was withdrawn; `sync` has filled what it fills. */
export function onAccountChanged(scene: Scene, event: EventOf<'accountChanged'>): void {
  scene.push({ key: event.verified ? 'verified.arrived' : 'verified.withdrawn' });
  scene.asks = event.verified;
}
