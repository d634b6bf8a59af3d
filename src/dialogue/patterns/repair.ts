import type { Form } from '../conversation.ts';
import { waitingRepairs } from '../forms.ts';
import { sayIdle } from '../greeting.ts';
import type { Choice } from '../reply.ts';
import type { Scene } from '../scene.ts';
import { verificationForm } from '../verification.ts';
import type { Pattern } from './pattern.ts';

/** Moves the focus to a form that was waiting. */
export function resume(scene: Scene, form: Form): void {
  scene.conversation.focus = form.id;
  scene.asks = true;
  if (form.repairs) {
    scene.say('repair.begin', { number: form.repairs.number, serial: form.repairs.serial });
  } else scene.say('repair.resumed');
}

/** Buttons that begin the repairs of these forms. */
export function repairChoices(scene: Scene, forms: readonly Form[]): Choice[] {
  return forms.flatMap((form) =>
    form.repairs
      ? [
          scene.actionOn(form, 'repair', 'choice.fixCase', 'begin', {
            params: { number: form.repairs.number },
          }),
        ]
      : [],
  );
}

/** The labels of the buttons that go on with one form, as somebody types them. */
const NAMED = /^(?:sua ho so|fix case|lam tiep|go on with) (ub-\d{1,12}|[a-z0-9]{9})$/;
const UNNAMED = ['lam tiep ho so do', 'go on with the draft'];
const DRAFT = 'draft';

function namedIn(plain: string): string | null {
  return UNNAMED.includes(plain) ? DRAFT : (NAMED.exec(plain)?.[1]?.toUpperCase() ?? null);
}

/** The newest form, other than the one in focus, that bears this case number or serial, or is a draft. */
function waitingForm(scene: Scene, name: string): Form | undefined {
  return scene.conversation.forms.findLast((form) => {
    if (form.phase !== 'open' || form.id === scene.focus?.id) return false;
    if (name === DRAFT) return !form.repairs;
    return form.repairs?.number === name || scene.value(form, 'serial')?.serial.short === name;
  });
}

/** A verification that waits for its [Fix now], or for being finished. */
function waitingVerification(scene: Scene): Form | undefined {
  const form = verificationForm(scene);
  return form?.phase === 'open' && form.id !== scene.focus?.id ? form : undefined;
}

/** "Fix it": the newest repair that waits, or the form that is named. */
export const repair: Pattern = {
  name: 'repair',
  phrases: [
    'sửa ngay',
    'sửa hồ sơ',
    'sửa hồ sơ bị từ chối',
    'bổ sung',
    'bổ sung hồ sơ',
    'bổ sung ngay',
    'gửi chuỗi mới',
    'fix now',
    'fix it',
    'fix the case',
    'send a new string',
  ],
  commands: ['fix', 'bosung'],
  valueIn: ({ plain }) => namedIn(plain),
  run(scene, value) {
    const newest = waitingRepairs(scene)[0] ?? waitingVerification(scene);
    const form = value === '-' ? newest : waitingForm(scene, value);
    scene.asks = true;
    if (form) resume(scene, form);
    else if (scene.focus) scene.say('repair.nothing');
    else sayIdle(scene, 'repair.nothing');
  },
};
