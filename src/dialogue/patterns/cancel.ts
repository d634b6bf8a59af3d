import { closeForm } from '../forms.ts';
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
  scene.say(
    `${what}.confirm`,
    { step: scene.step(form).at, of: scene.step(form).of },
    {
      choices: [
        { token: token('yes'), key: `${what}.choice.yes`, style: 'danger' },
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
  scene.say('cancel.done', undefined, {
    choices: [
      scene.action('start', 'choice.new', 'new'),
      scene.action('status', 'choice.status'),
    ],
  });
  scene.asks = true;
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
    'thôi',
    'thôi không làm nữa',
    'dừng',
    'dừng lại',
    'cancel',
    'cancel it',
    'stop',
    'never mind',
    'abort',
  ],
  commands: ['cancel', 'huy'],
  run(scene) {
    if (scene.focus) confirmFirst(scene, 'cancel');
    else {
      scene.say('cancel.nothing', undefined, {
        choices: [
          scene.action('status', 'choice.status'),
          scene.action('human', 'choice.human'),
        ],
      });
    }
  },
};
