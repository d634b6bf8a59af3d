import { isBegun, openForm } from '../forms.ts';
import type { Pattern } from './pattern.ts';

/** Forms that may be open at a time; a person who wants more finishes or cancels one first. */
const MOST_OPEN = 10;

/**
 * Begins another case; the one that is being filled waits. While nothing is filled yet it is only
 * a reminder of what the person wants, so the open question is asked again.
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
    scene.asks = true;
    if (form && !form.repairs && !isBegun(scene, form)) {
      scene.say('greeting.onIt');
      return;
    }
    const open = scene.conversation.forms.filter((one) => !one.repairs && one.phase === 'open');
    if (open.length >= MOST_OPEN) {
      scene.say('start.tooMany', { limit: MOST_OPEN });
      return;
    }
    openForm(scene);
    scene.say(form ? 'start.another' : 'start.new');
  },
};
