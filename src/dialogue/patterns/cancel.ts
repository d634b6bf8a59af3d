import { closeForm, isVerification } from '../forms.ts';
import { sayIdle } from '../greeting.ts';
import type { Scene } from '../scene.ts';
import { writeToken } from '../token.ts';
import type { Pattern } from './pattern.ts';

/** Asks before anything is thrown away. */
export function confirmFirst(scene: Scene, what: 'cancel' | 'restart'): void {
  const form = scene.focus;
  if (!form) return;
  scene.conversation.counter += 1;
  const revision = scene.conversation.counter;
  scene.conversation.confirm = { what, form: form.id, revision };
  const token = (value: string) => writeToken({ form: form.id, of: 'confirm', revision, value });
  const { at, of } = scene.step(form);
  const verification = what === 'cancel' && isVerification(form);
  scene.say(
    verification ? 'verify.stopConfirm' : `${what}.confirm`,
    { step: at, of },
    {
      choices: [
        {
          token: token('yes'),
          key: verification ? 'verify.choice.stop' : `${what}.choice.yes`,
          style: 'danger',
        },
        { token: token('no'), key: `${what}.choice.no` },
      ],
    },
  );
  scene.asks = false;
}

/** Closes the form in focus after a yes. */
export function cancelNow(scene: Scene): void {
  const form = scene.focus;
  if (!form) return;
  closeForm(scene, form);
  scene.asks = true;
  if (isVerification(form)) {
    scene.say('verify.stopped');
    return;
  }
  // A request for information stays open without its repair: only a person can withdraw it.
  const number = form.repairs?.as === 'sameCase' ? form.repairs.number : null;
  scene.say(number ? 'cancel.repairDone' : 'cancel.done', number ? { number } : undefined, {
    choices: [
      ...(number ? [scene.action('human', 'choice.human')] : []),
      scene.action('start', 'choice.new', 'new'),
      scene.action('status', 'choice.status'),
    ],
  });
}

export const cancel: Pattern = {
  name: 'cancel',
  phrases: [
    'hủy',
    'hủy bỏ',
    'hủy hồ sơ',
    'hủy yêu cầu',
    'bỏ',
    'bỏ đi',
    'bỏ hồ sơ',
    'thôi',
    'thôi không làm nữa',
    'không làm nữa',
    'dừng',
    'dừng lại',
    'thôi xác minh',
    'stop verifying',
    'cancel',
    'cancel it',
    'cancel the case',
    'stop',
    'never mind',
    'abort',
  ],
  commands: ['cancel', 'huy'],
  run(scene) {
    if (scene.focus) confirmFirst(scene, 'cancel');
    else sayIdle(scene, 'cancel.nothing');
  },
};
