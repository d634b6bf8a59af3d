import { withoutVerificationCode } from '../../domain/label.ts';
import { recogniseSadp, withoutSadpCodes } from '../../domain/sadp-string.ts';
import type { Conversation, Form } from '../conversation.ts';
import { type EventOf, linkCodeIn } from '../event.ts';
import { fold } from '../normalise.ts';
import { Scene } from '../scene.ts';
import { hearText } from './text.ts';

/** Messages whose edit still means something. */
const REMEMBERED = 12;

type Answered = Conversation['answered'][number];

/** A text, on a platform where people may edit what they sent: remembers which slot it was for. */
export function hearEditable(scene: Scene, event: EventOf<'text'>): void {
  const { messageId } = event;
  // A mistyped link code is mended by an edit like by a message of its own.
  if (messageId === undefined || linkCodeIn(event) !== null) hearText(scene, event);
  else if (event.edited && scene.conversation.greeted) hearEdited(scene, event, messageId);
  else hearAndRemember(scene, event, messageId);
}

/**
 * An edit corrects the answer that the message gave, as long as its case is being filled; all else
 * stays. Of an edit that can correct nothing any more the person is told so.
 */
function hearEdited(scene: Scene, event: EventOf<'text'>, messageId: string): void {
  const answer = scene.conversation.answered.find((one) => one.messageId === messageId);
  const form = scene.focus;
  if (scene.agentOwns) hearText(scene, event);
  else if (!answer || form?.id !== answer.form) tellTooLate(scene, event);
  else if (isAsked(scene, form, answer)) hearAndRemember(scene, event, messageId);
  else if (holds(scene, form, answer) && corrects(scene, form, answer, event)) {
    scene.empty(form, answer.slot);
    hearAndRemember(scene, event, messageId);
  } else tellTooLate(scene, event);
  const text = scene.heard?.text;
  if (text !== undefined) scene.heard = { said: { key: 'heard.edited', params: { text } } };
}

function isAsked(scene: Scene, form: Form, { slot }: Answered): boolean {
  return form.slots[slot]?.state !== 'filled' && scene.asked(form) === slot;
}

/** The slot holds what the message said, and nothing newer. */
function holds(scene: Scene, form: Form, { slot, revision }: Answered): boolean {
  return form.slots[slot]?.state === 'filled' && scene.revision(form, slot) === revision;
}

/** Whether the new text answers the slot, tried on a copy: one that does not must empty nothing. */
function corrects(scene: Scene, form: Form, { slot }: Answered, event: EventOf<'text'>): boolean {
  const text = event.text.normalize('NFC').trim();
  if (slot === 'sadpString') return recogniseSadp(text).kind === 'complete';
  const trial = new Scene(scene.conversation, event, scene.context, scene.slots);
  const copy = trial.form(form.id);
  if (!copy || recogniseSadp(text).kind !== 'none') return false;
  trial.empty(copy, slot);
  trial.slots[slot].hear(trial, copy, fold(text));
  return copy.slots[slot]?.state === 'filled' || (trial.slots[slot].doubt?.(copy) ?? false);
}

function tellTooLate(scene: Scene, event: EventOf<'text'>): void {
  const text = event.text.normalize('NFC').trim();
  scene.heard =
    recogniseSadp(text).kind === 'none'
      ? { text: withoutVerificationCode(withoutSadpCodes(text)) }
      : { said: { key: 'heard.piece' } };
  scene.say('edit.tooLate');
  scene.asks = true;
}

function hearAndRemember(scene: Scene, event: EventOf<'text'>, messageId: string): void {
  const before = scene.focus && structuredClone(scene.focus);
  const askedBefore = scene.focus && scene.asked(scene.focus);
  hearText(scene, event);
  const form = scene.focus;
  if (!form || scene.agentOwns) return;
  const same = before?.id === form.id ? before : null;
  const filled = scene
    .needed(form)
    .find(
      (name) =>
        form.slots[name]?.state === 'filled' &&
        scene.revision(form, name) !== (same?.slots[name]?.revision ?? 0),
    );
  const slot = filled ?? (same ? askedBefore : null);
  if (!slot) return;
  const others = scene.conversation.answered.filter((one) => one.messageId !== messageId);
  const answer = { messageId, form: form.id, slot, revision: scene.revision(form, slot) };
  scene.conversation.answered = [answer, ...others].slice(0, REMEMBERED);
}
