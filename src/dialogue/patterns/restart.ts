import { closeForm, openForm } from '../forms.ts';
import type { Scene } from '../scene.ts';
import { confirmFirst } from './cancel.ts';
import type { Pattern } from './pattern.ts';

export function restartNow(scene: Scene): void {
  if (scene.focus) closeForm(scene, scene.focus);
  openForm(scene);
  scene.say('restart.done');
  scene.asks = true;
}

export const restart: Pattern = {
  name: 'restart',
  phrases: [
    'làm lại',
    'làm lại từ đầu',
    'bắt đầu lại',
    'từ đầu',
    'restart',
    'start over',
    'start again',
    'begin again',
  ],
  commands: ['restart', 'lamlai'],
  run(scene) {
    const form = scene.focus;
    const begun = form && Object.values(form.slots).some((slot) => slot?.state === 'filled');
    if (begun) confirmFirst(scene, 'restart');
    else restartNow(scene);
  },
};
