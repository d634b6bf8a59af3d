import { isOpenCase } from '../../domain/case.ts';
import type { CaseSummary } from '../context.ts';
import type { Form } from '../conversation.ts';
import { isVerification } from '../forms.ts';
import type { Choice, Line } from '../reply.ts';
import type { Scene } from '../scene.ts';
import type { Pattern } from './pattern.ts';

const SHOWN = 10;
const BUTTONS = 3;

/** A case as one line of a list. */
export function caseLine(known: CaseSummary): Line {
  const open = isOpenCase(known.status);
  return {
    label: 'status.line',
    key: open ? 'status.open' : known.status === 'rejected' ? 'status.rejected' : 'status.ended',
    params: {
      number: known.number,
      serial: known.serial,
      status: known.status,
      reason: known.reason ?? 'other',
      answerBy: known.answerBy,
    },
  };
}

function draftLine(scene: Scene, form: Form): Line {
  if (isVerification(form)) {
    const key = form.phase === 'submitting' ? 'verify.status.checking' : 'status.draftStep';
    return { label: 'verify.status.label', key, params: { ...scene.step(form) } };
  }
  const serial = scene.value(form, 'serial')?.serial.short;
  return {
    label: serial ? 'status.draft' : 'status.draftUnnamed',
    key: form.phase === 'submitting' ? 'status.sending' : 'status.draftStep',
    params: { serial: serial ?? '', ...scene.step(form) },
  };
}

/** A button for each form that waits: a repair by its case's number, a draft by its serial. */
function resumeChoices(scene: Scene, waiting: readonly Form[]): Choice[] {
  return waiting.slice(0, BUTTONS).map((form) => {
    const serial = scene.value(form, 'serial')?.serial.short;
    if (isVerification(form)) {
      return scene.actionOn(form, 'repair', 'verify.choice.goOn', 'begin');
    }
    const key = form.repairs ? 'choice.fixCase' : serial ? 'choice.resume' : 'choice.resumeUnnamed';
    return scene.actionOn(form, 'repair', key, 'begin', {
      params: { number: form.repairs?.number ?? '', serial: serial ?? '' },
    });
  });
}

/**
 * The account's cases, open ones first, then what is half filled here; each a line.
 *
 * @param buttons of the cases that are shown; by default they lead to a case
 */
export function listCases(scene: Scene, buttons?: Choice[]): void {
  const open = scene.context.cases.filter((known) => isOpenCase(known.status));
  const ended = scene.context.cases.filter((known) => !isOpenCase(known.status));
  const shown = [...open, ...ended].slice(0, SHOWN);
  const waiting = scene.conversation.forms
    .filter((form) => form.phase === 'open' && form.id !== scene.focus?.id)
    .toReversed();
  const sending = scene.conversation.forms.filter((form) => form.phase === 'submitting');
  const drafts = [...sending, ...waiting.filter((form) => !form.repairs)].slice(0, SHOWN);
  const choices = [
    ...resumeChoices(scene, waiting),
    ...(buttons ??
      shown
        .slice(0, BUTTONS)
        .map(({ number }) =>
          scene.action('follow', 'follow.choice.case', number, { params: { number } }),
        )),
    ...(scene.focus ? [] : [scene.action('start', 'choice.new', 'new')]),
  ];
  const lines = [...shown.map(caseLine), ...drafts.map((form) => draftLine(scene, form))];
  scene.reply({
    key: lines.length > 0 ? 'status.list' : 'status.none',
    ...(lines.length > 0 ? { lines } : {}),
    ...(choices.length > 0 ? { choices } : {}),
  });
}

/**
 * What a link to a case asks for. Somebody else's case and one that never was get the same answer.
 *
 * @param ref the case's number or id
 */
export function showCase(scene: Scene, ref: string): void {
  const named = ref.toUpperCase();
  const known = scene.context.cases.find((one) => one.number === named || one.caseId === ref);
  if (!known) scene.say('status.notYours');
  else scene.say('status.one', undefined, { lines: [caseLine(known)], caseId: known.caseId });
  scene.asks = true;
}

export const status: Pattern = {
  name: 'status',
  phrases: [
    'trạng thái',
    'tình trạng',
    'tình trạng hồ sơ',
    'hồ sơ',
    'hồ sơ của tôi',
    'hồ sơ của em',
    'xem hồ sơ',
    'tra cứu',
    'tới đâu rồi',
    'đến đâu rồi',
    'hồ sơ tới đâu rồi',
    'hồ sơ đến đâu rồi',
    'xong chưa',
    'đã xong chưa',
    'bao giờ xong',
    'khi nào xong',
    'gỡ được chưa',
    'status',
    'my cases',
    'case status',
    'is it done',
  ],
  commands: ['status', 'hoso'],
  run(scene) {
    listCases(scene);
    scene.asks = true;
  },
};
