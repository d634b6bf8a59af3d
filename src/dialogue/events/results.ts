import { promise } from '../../domain/promise.ts';
import { recogniseSadp } from '../../domain/sadp-string.ts';
import { tellBatch } from '../batch.ts';
import type { Form } from '../conversation.ts';
import type { EventOf } from '../event.ts';
import { removeForm } from '../forms.ts';
import { takeReading } from '../photos.ts';
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
  if (form?.phase !== 'submitting') return;
  if (event.outcome === 'opened') tellOpened(scene, form, event);
  else tellDuplicate(scene, form, event.own ?? false);
}

function tellOpened(scene: Scene, form: Form, event: EventOf<'submitted'>): void {
  const { calendar, settings } = scene.context;
  const stored = scene.context.cases.find((known) => known.caseId === event.caseId)?.draft;
  const made = stored?.promise ?? promise(calendar, event.at, settings.slaMinutes);
  const serial = scene.value(form, 'serial')?.serial.short ?? '';
  removeForm(scene, form);
  scene.asks = true;
  if (form.batch !== null) {
    tellBatch(scene, form.batch);
    return;
  }
  scene.push({
    key: 'case.submitted',
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
