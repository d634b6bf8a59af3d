import { isOpen, nextOpening } from '../domain/calendar.ts';
import { afterQuiet } from '../domain/quiet-hours.ts';
import type { CaseSummary } from './context.ts';
import type { Form } from './conversation.ts';
import type { CaseDraft } from './effect.ts';
import { isBegun, isVerification, openRefresh } from './forms.ts';
import { caseLine } from './patterns/status.ts';
import { isStale } from './sadp.ts';
import type { Scene } from './scene.ts';

// Reminders are timers of the conversation: the commit of their turn takes them away, so that each
// is told once. One that comes at a wrong time (after a stop, a jump of the clock or an edit of the
// calendar) is set anew instead. Under an agent they rest.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long before opening somebody is reminded to export a string afresh. */
const BEFORE_OPENING_MS = HOUR_MS / 2;
/** After the person's last word; the number of reminders is the number of entries. */
const UNFINISHED_AFTER_MS = [HOUR_MS, DAY_MS] as const;

function setTimer(scene: Scene, timer: string, at: number): void {
  scene.effects.push({ kind: 'setTimer', timer, at });
}

/** A moment at which people may be written to unasked. */
function awake(scene: Scene, at: number): number {
  return afterQuiet(scene.context.settings.quietHours, at);
}

/** A case that waits for opening: its installer hears of it then, and of a string that goes stale before. */
export function remindOfWaiting(scene: Scene, draft: CaseDraft): void {
  const { opensAt, why } = draft.promise;
  if (opensAt === null) return;
  if (why !== 'inBreak') setTimer(scene, `opening:${draft.caseId}`, opensAt);
  if (draft.sadp && isStale(scene, draft.sadp, opensAt)) {
    setTimer(scene, `fresh:${draft.caseId}`, Math.max(scene.event.at, opensAt - BEFORE_OPENING_MS));
  }
}

function waitsForOffice({ status }: CaseSummary): boolean {
  return status === 'submitted' || status === 'inReview';
}

/** The office has opened: one message for all cases that waited for the same opening. */
export function onOpening(scene: Scene, caseId: string): void {
  const { calendar, cases } = scene.context;
  const { at } = scene.event;
  const mine = cases.find((known) => known.caseId === caseId);
  if (!mine || !waitsForOffice(mine) || scene.agentOwns) return;
  if (!isOpen(calendar, at)) {
    const opensAt = nextOpening(calendar, at);
    if (opensAt !== null) setTimer(scene, `opening:${caseId}`, opensAt);
    return;
  }
  const together = cases.filter(
    (known) =>
      waitsForOffice(known) &&
      known.conversationId === mine.conversationId &&
      known.draft.promise.opensAt === mine.draft.promise.opensAt,
  );
  for (const other of together) {
    if (other !== mine) {
      scene.effects.push({ kind: 'clearTimer', timer: `opening:${other.caseId}` });
    }
  }
  scene.push({
    key: 'reminder.opening',
    lines: together.map(caseLine),
    caseId,
    choices: [scene.action('status', 'choice.status')],
  });
}

/**
 * Shortly before opening: the case's string will be stale when somebody looks at it. A fresh one
 * goes into the same case. Nobody is reminded of a case that is decided.
 */
export function onFresh(scene: Scene, caseId: string): void {
  const { calendar, cases } = scene.context;
  const { at } = scene.event;
  const summary = cases.find((known) => known.caseId === caseId);
  const sadp = summary?.draft.sadp;
  if (summary?.status !== 'submitted' || !sadp || scene.agentOwns) return;
  if (scene.conversation.forms.some((form) => form.repairs?.caseId === caseId)) return;
  const opensAt = isOpen(calendar, at) ? at : (nextOpening(calendar, at) ?? at);
  if (!isStale(scene, sadp, opensAt)) return;
  if (at < opensAt - BEFORE_OPENING_MS) {
    setTimer(scene, `fresh:${caseId}`, opensAt - BEFORE_OPENING_MS);
    return;
  }
  const form = openRefresh(scene, summary);
  scene.push({
    key: 'case.exportAfresh',
    params: { number: summary.number, serial: summary.serial },
    caseId,
    choices: [scene.actionOn(form, 'repair', 'choice.newString', 'begin', { style: 'primary' })],
  });
}

/** Sets the next reminder of what is being filled, unless one is set or both were told. */
export function watchUnfinished(scene: Scene): void {
  const form = scene.focus;
  // A case that leaves by itself waits for the office, not for the person.
  if (form?.slots.review?.state === 'filled') return;
  if (!form || scene.agentOwns || form.repairs?.as === 'sameCase' || !isBegun(scene, form)) return;
  const after = UNFINISHED_AFTER_MS[form.reminded];
  if (form.remindAt === null && after !== undefined) {
    setUnfinished(scene, form, awake(scene, scene.event.at + after));
  }
}

function setUnfinished(scene: Scene, form: Form, at: number): void {
  form.remindAt = at;
  setTimer(scene, `unfinished:${form.id}`, at);
}

/** An hour, and then a day, without a word of the person. Only what is in focus is told of. */
export function onUnfinished(scene: Scene, formId: string): void {
  const form = scene.form(formId);
  if (!form) return;
  form.remindAt = null;
  const { at } = scene.event;
  const after = UNFINISHED_AFTER_MS[form.reminded];
  if (scene.focus !== form || scene.agentOwns || after === undefined) return;
  if (form.slots.review?.state === 'filled') return;
  const due = awake(scene, Math.max(at, scene.conversation.heardAt + after));
  if (at < due) {
    setUnfinished(scene, form, due);
    return;
  }
  form.reminded += 1;
  const serial = scene.value(form, 'serial')?.serial.short;
  scene.push({
    key: isVerification(form)
      ? 'verify.unfinished'
      : `reminder.unfinished.${serial ? 'named' : 'unnamed'}`,
    params: { serial: serial ?? '', ...scene.step(form) },
    choices: [
      scene.actionOn(form, 'repair', 'reminder.choice.goOn', 'begin', { style: 'primary' }),
      scene.actionOn(form, 'cancel', 'choice.cancel'),
    ],
  });
  // Counted from this one, so that after a long stop the two do not come together.
  if (form.reminded < UNFINISHED_AFTER_MS.length) {
    setUnfinished(scene, form, awake(scene, at + DAY_MS - HOUR_MS));
  }
}

/** Somebody is asked for more: two reminders while nothing comes. */
export function watchNeedsInfo(scene: Scene, caseId: string): void {
  const { at } = scene.event;
  setTimer(scene, `askedOnce:${caseId}`, awake(scene, at + HOUR_MS));
  scene.effects.push({ kind: 'clearTimer', timer: `askedTwice:${caseId}` });
}

/** Still nothing; a person who is just writing is left in peace. */
export function onNeedsInfo(scene: Scene, timer: string, caseId: string): void {
  const summary = scene.context.cases.find((known) => known.caseId === caseId);
  const form = scene.conversation.forms.find((one) => one.repairs?.caseId === caseId);
  if (summary?.status !== 'needsInfo' || scene.agentOwns) return;
  const { at } = scene.event;
  const calm = awake(scene, Math.max(at, scene.conversation.heardAt + HOUR_MS));
  if (at < calm) {
    setTimer(scene, `${timer}:${caseId}`, calm);
    return;
  }
  if (timer === 'askedOnce') {
    setTimer(scene, `askedTwice:${caseId}`, awake(scene, at + DAY_MS - HOUR_MS));
  }
  const { number, serial } = summary;
  scene.push({
    key: 'reminder.needsInfo',
    params: { number, serial },
    caseId,
    choices: [
      ...(form
        ? [scene.actionOn(form, 'repair', 'choice.fixNow', 'begin', { style: 'primary' })]
        : []),
      scene.action('human', 'choice.human'),
    ],
  });
}
