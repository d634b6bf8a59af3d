import { openForm } from '../forms.ts';
import type { Pattern } from './pattern.ts';

/**
 * "I need a device unbound": begins a case. While one is being filled it is only a reminder of what
 * the person wants, so the open question is asked again; another device is begun by its button or words.
 */
export const start: Pattern = {
  name: 'start',
  phrases: [
    'thiết bị khác',
    'thiết bị mới',
    'gỡ thiết bị khác',
    'gỡ thêm thiết bị',
    'thêm thiết bị',
    'hồ sơ mới',
    'tạo hồ sơ mới',
    'another device',
    'new case',
    'new device',
    'one more device',
  ],
  commands: ['new', 'moi'],
  run(scene) {
    const form = scene.focus;
    if (form && !form.repairs && Object.keys(form.slots).length === 0) {
      scene.asks = true;
      return;
    }
    openForm(scene);
    scene.say(form ? 'start.another' : 'start.new');
    scene.asks = true;
  },
};
