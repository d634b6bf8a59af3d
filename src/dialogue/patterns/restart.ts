import { closeForm, emptyOut, isBegun, openForm } from '../forms.ts';
import type { Scene } from '../scene.ts';
import { confirmFirst } from './cancel.ts';
import type { Pattern } from './pattern.ts';

/** Begins again after a yes, or where nothing is lost by it. */
export function restartNow(scene: Scene): void {
  const form = scene.focus;
  // A repair is begun again for its own case; a new form would only meet that case as a duplicate.
  if (form?.repairs) emptyOut(scene, form);
  else {
    if (form) closeForm(scene, form);
    openForm(scene);
  }
  scene.say('restart.done');
  scene.asks = true;
}

export const restart: Pattern = {
  name: 'restart',
  phrases: [
    'làm lại',
    'làm lại từ đầu',
    'bắt đầu lại',
    'bắt đầu lại từ đầu',
    'từ đầu',
    'restart',
    'start over',
    'start again',
    'begin again',
  ],
  commands: ['restart', 'lamlai'],
  run(scene) {
    const form = scene.focus;
    if (form && isBegun(scene, form)) confirmFirst(scene, 'restart');
    else restartNow(scene);
  },
};
