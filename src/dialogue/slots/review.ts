import { promise } from '../../domain/promise.ts';
import { batchOf } from '../batch.ts';
import type { Form, SlotName } from '../conversation.ts';
import { isVerification } from '../forms.ts';
import { keyOf } from '../normalise.ts';
import type { Choice, Line, Reply } from '../reply.ts';
import { isStale } from '../sadp.ts';
import type { Scene, Slot } from '../scene.ts';

export const SUBMIT_WORDS = [
  'gửi',
  'gửi đi',
  'gửi hồ sơ',
  'gửi tất cả',
  'gửi hết',
  'send all',
  'gửi xác minh',
  'send for verification',
  'đồng ý gửi',
  'ok gửi',
  'gửi luôn',
  'vẫn gửi',
  'cứ gửi',
  'cứ gửi đi',
  'submit',
  'send',
  'send it',
  'send the case',
  'send it anyway',
  'send anyway',
  'ok',
  'có',
  'đúng',
  'đúng rồi',
  'đồng ý',
  'yes',
  'vâng',
] as const;

const WORDS = {
  submit: SUBMIT_WORDS,
  change: [
    'sửa',
    'sửa lại',
    'thay đổi',
    'sửa một mục',
    'change',
    'edit',
    'change something',
    'change an item',
  ],
  afresh: [
    'gửi chuỗi mới',
    'chuỗi mới',
    'xuất lại',
    'xuất lại chuỗi',
    'send a new string',
    'new string',
    'export again',
  ],
} as const;

/** Whether the string may have expired by now, or will have by the time somebody looks at it. */
function staleness(scene: Scene, form: Form): 'now' | 'byOpening' | null {
  const string = scene.value(form, 'sadpString');
  if (!string || !scene.needed(form).includes('sadpString')) return null;
  if (isStale(scene, string, scene.event.at)) return 'now';
  const { calendar, settings } = scene.context;
  const { opensAt } = promise(calendar, scene.event.at, settings.slaMinutes);
  return opensAt !== null && isStale(scene, string, opensAt) ? 'byOpening' : null;
}

/** Says before sending what the person can still do something about, beside the device. */
function warn(scene: Scene, stale: 'now' | 'byOpening'): void {
  const { calendar, settings } = scene.context;
  const { opensAt } = promise(calendar, scene.event.at, settings.slaMinutes);
  if (stale === 'now') scene.say('review.stale', { hours: settings.sadpStaleHours });
  else if (opensAt !== null) scene.say('review.staleByThen', { opensAt });
}

/** The slots that the review shows and the person may change, in the flow's order. */
export function changeable(scene: Scene, form: Form): SlotName[] {
  return scene.needed(form).filter((name) => scene.slots[name].show !== undefined);
}

/** What those slots hold, a line each. */
export function linesOf(scene: Scene, form: Form): Line[] {
  return changeable(scene, form).flatMap((name) => {
    const shown = scene.slots[name].show?.(form);
    return shown ? [{ label: `slot.${name}`, ...shown }] : [];
  });
}

export function askWhich(scene: Scene, form: Form): void {
  scene.say('correct.which', undefined, {
    choices: changeable(scene, form).map((name) =>
      scene.actionOn(form, 'correct', `slot.${name}`, name),
    ),
  });
}

function choicesOf(scene: Scene, form: Form, stale: boolean): Choice[] {
  const submit = stale ? 'review.choice.submitAnyway' : 'review.choice.submit';
  return [
    scene.choice(form, 'review', 'submit', submit, { style: 'primary' }),
    ...(stale ? [scene.choice(form, 'review', 'afresh', 'review.choice.afresh')] : []),
    scene.choice(form, 'review', 'change', 'review.choice.change'),
  ];
}

function askVerification(scene: Scene, form: Form): Reply {
  return {
    key: 'verify.review',
    lines: linesOf(scene, form),
    choices: [
      scene.choice(form, 'review', 'submit', 'verify.choice.send', { style: 'primary' }),
      scene.choice(form, 'review', 'change', 'review.choice.change'),
      scene.actionOn(form, 'cancel', 'verify.choice.stop'),
    ],
  };
}

function promiseLine(scene: Scene): Line {
  const { calendar, settings } = scene.context;
  const made = promise(calendar, scene.event.at, settings.slaMinutes);
  const params = { minutes: settings.slaMinutes, answerBy: made.answerBy };
  return { label: 'review.answer', key: `promise.${made.why}`, params };
}

/** One confirmation for all devices of a batch. */
function askTogether(scene: Scene, form: Form, together: readonly Form[]): Reply {
  const stale = together.map((one) => staleness(scene, one));
  const gravest = stale.includes('now') ? 'now' : (stale.find(Boolean) ?? null);
  if (gravest) warn(scene, gravest);
  const lines = together.map((one): Line => {
    const string = scene.needed(one).includes('sadpString') ? 'withString' : 'withoutString';
    const serial = scene.value(one, 'serial')?.serial.short ?? '';
    const count = scene.value(one, 'proof')?.photoIds.length ?? 0;
    return { label: 'serial.value', key: `batch.device.${string}`, params: { serial, count } };
  });
  return {
    key: 'batch.review',
    params: { count: together.length },
    lines: [...lines, promiseLine(scene)],
    choices: [
      scene.choice(form, 'review', 'submit', 'batch.choice.submit', {
        params: { count: together.length },
        style: 'primary',
      }),
      scene.choice(form, 'review', 'change', 'review.choice.change'),
    ],
  };
}

/** Which device of a batch, or which item of a device. */
export function askWhat(scene: Scene, form: Form): void {
  const together = batchOf(scene, form);
  if (together.length < 2) {
    askWhich(scene, form);
    return;
  }
  scene.say('batch.whichDevice', undefined, {
    choices: together.map((one) => {
      const serial = scene.value(one, 'serial')?.serial.short ?? '';
      return scene.actionOn(one, 'correct', 'batch.choice.change', serial, { params: { serial } });
    }),
  });
}

export const review: Slot = {
  name: 'review',
  ask(scene, form) {
    if (isVerification(form)) return askVerification(scene, form);
    const together = batchOf(scene, form);
    if (together.length > 1) return askTogether(scene, form, together);
    const stale = staleness(scene, form);
    if (stale) warn(scene, stale);
    return {
      key: 'review.ask',
      lines: [...linesOf(scene, form), promiseLine(scene)],
      choices: choicesOf(scene, form, stale !== null),
    };
  },
  explain: () => [{ key: 'review.explain' }],
  hear(scene, form, text) {
    const all = /^(?:gui ca \d{1,2} ho so|send all \d{1,2} cases)$/.test(text.plain);
    const answer = all ? 'submit' : keyOf(text, WORDS);
    return answer !== null && this.choose(scene, form, answer);
  },
  choose(scene, form, value) {
    if (value === 'submit') {
      // A photo that is still being read may be a share code with passwords, or another device.
      if (form.album) scene.say('photo.stillLooking');
      else for (const one of batchOf(scene, form)) scene.fill(one, 'review', {});
      return true;
    }
    if (value === 'afresh') {
      scene.empty(form, 'sadpString');
      return true;
    }
    if (value !== 'change') return false;
    askWhat(scene, form);
    scene.asks = false;
    return true;
  },
};
