import { isOpenCase } from '../../domain/case.ts';
import { promise } from '../../domain/promise.ts';
import { recogniseSadp } from '../../domain/sadp-string.ts';
import { tellBatch } from '../batch.ts';
import type { Form } from '../conversation.ts';
import type { EventOf } from '../event.ts';
import { removeSentForm } from '../forms.ts';
import { takeReading } from '../photos.ts';
import { remindOfWaiting } from '../reminders.ts';
import { takeLateString } from '../sadp.ts';
import type { Scene } from '../scene.ts';
import { keepSecret } from '../secrets.ts';

/** A photo was read. A string seen in it is kept as a secret before anything else. */
export function onPhotoRead(scene: Scene, event: EventOf<'photoRead'>): void {
  const form = scene.conversation.forms.find((candidate) =>
    candidate.photos.some((p) => p.photoId === event.photoId && p.readId === event.readId),
  );
  if (!form) return;
  const found = event.sadpString ? recogniseSadp(event.sadpString) : null;
  const string = found?.kind === 'complete' ? found : null;
  if (string && form.album?.readId === event.readId && !form.album.sadpRef) {
    form.album.sadpRef = keepSecret(scene, form, string.text);
    form.album.sadpFormat = string.format;
  } else if (string && form.album === null) takeLateString(scene, form, string);
  takeReading(scene, form, event, string !== null);
  // What is read for a form that waits interrupts nobody with a question about another one.
  if (form.id !== scene.conversation.focus) scene.asks = false;
}

/** The case of a form was opened, or the serial has an open case already. */
export function onSubmitted(scene: Scene, event: EventOf<'submitted'>): void {
  const form = scene.form(event.formId);
  const sending = form?.phase === 'submitting' ? form : null;
  if (event.outcome === 'opened') tellOpened(scene, sending, event);
  else if (sending) tellDuplicate(scene, sending, event.own ?? false);
}

/**
 * Of a case that came late there is a new promise, said once. Without a form it is what was added to
 * a case, of which only lateness is news.
 */
function tellOpened(scene: Scene, form: Form | null, event: EventOf<'submitted'>): void {
  const { calendar, settings, cases } = scene.context;
  const known = cases.find(({ caseId }) => caseId === event.caseId);
  const made = known?.draft.promise ?? promise(calendar, event.at, settings.slaMinutes);
  if (form) {
    removeSentForm(scene, form, known?.draft);
    scene.asks = true;
  }
  // Withdrawn meanwhile, and told so.
  if (known && !isOpenCase(known.status)) return;
  if (event.late && known) remindOfWaiting(scene, known.draft);
  if (form && form.batch !== null) {
    tellBatch(scene, form.batch);
    return;
  }
  if (!form && !event.late) return;
  const serial = known?.serial ?? (form && scene.value(form, 'serial')?.serial.short) ?? '';
  scene.push({
    key: form ? 'case.submitted' : 'backend.arrived',
    params: { number: event.number ?? '', serial },
    lines: [
      {
        label: 'review.answer',
        key: `promise.${made.why}`,
        params: { minutes: settings.slaMinutes, answerBy: made.answerBy },
      },
    ],
    caseId: event.caseId,
    choices: [scene.action('status', 'choice.view'), scene.action('start', 'choice.new', 'new')],
  });
}

/** Of somebody else's case no more is told than that it is being handled. */
function tellDuplicate(scene: Scene, form: Form, own: boolean): void {
  const { batch } = form;
  form.phase = 'open';
  // It goes on alone: the others are sent.
  form.batch = null;
  if (batch !== null) tellBatch(scene, batch);
  scene.renew(form, 'review');
  const isQuestion = !scene.focus;
  if (isQuestion) scene.conversation.focus = form.id;
  const serial = scene.value(form, 'serial')?.serial.short ?? '';
  scene.push(
    {
      key: own ? 'case.duplicateOwn' : 'case.duplicateOther',
      params: { serial },
      choices: [
        scene.actionOn(form, 'correct', 'choice.changeSerial', 'serial'),
        ...(own ? [scene.action('status', 'choice.status')] : []),
        scene.action('human', 'choice.human'),
        scene.actionOn(form, 'cancel', 'choice.cancel'),
      ],
    },
    isQuestion,
  );
}

/** What the person sent is gone; what the conversation remembered of it goes, too. */
export function onErased(scene: Scene, { photos, sadpStrings }: EventOf<'erased'>): void {
  const { conversation } = scene;
  Object.assign(conversation, {
    offered: [],
    buttons: [],
    suggestions: [],
    arriving: [],
    answered: [],
    confirm: null,
  });
  scene.push({
    key: 'myData.deleted',
    params: { photos, sadpStrings },
    choices: [scene.action('start', 'choice.new', 'new')],
  });
}
