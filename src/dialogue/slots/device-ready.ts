import { closeForm } from '../forms.ts';
import { keyOf } from '../normalise.ts';
import type { Slot } from '../scene.ts';
import { YES_NO } from './words.ts';

const WORDS = {
  done: [
    ...YES_NO.yes,
    'xong',
    'xong rồi',
    'xong, gửi lại',
    'gửi lại',
    'đã xong',
    'đã bật',
    'bật rồi',
    'đã bật, gửi lại',
    'done',
    'done, send again',
  ],
  close: [...YES_NO.no, 'đóng', 'đóng hồ sơ', 'thôi', 'close', 'close the case'],
} as const;

/** After "bound to nobody" or "service off": what to switch on, then send again, or close. */
export const deviceReady: Slot = {
  name: 'deviceReady',
  ask: (scene, form) => ({
    ...(form.repairs?.reason === 'serviceDisabled'
      ? { key: 'deviceReady.serviceDisabled', pictures: ['platform-access'] }
      : { key: 'deviceReady.notBound', pictures: ['add-to-app'] }),
    params: { serial: scene.value(form, 'serial')?.serial.short ?? '' },
    choices: [
      scene.choice(form, 'deviceReady', 'done', 'deviceReady.choice.done', { style: 'primary' }),
      scene.choice(form, 'deviceReady', 'close', 'deviceReady.choice.close'),
    ],
  }),
  explain: () => [{ key: 'deviceReady.explain', pictures: ['platform-access'] }],
  hear(scene, form, text) {
    const answer = keyOf(text, WORDS);
    return answer !== null && this.choose(scene, form, answer);
  },
  choose(scene, form, value) {
    if (value === 'done') {
      scene.fill(form, 'deviceReady', {});
      return true;
    }
    if (value !== 'close') return false;
    closeForm(scene, form);
    scene.say('deviceReady.closed', { serial: form.repairs?.serial ?? '' });
    return true;
  },
};
