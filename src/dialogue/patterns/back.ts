import type { Form, SlotName } from '../conversation.ts';
import { sayIdle } from '../greeting.ts';
import type { Scene } from '../scene.ts';
import type { Pattern } from './pattern.ts';

/** The last slot before the open question that the person filled. */
function slotBefore(scene: Scene, form: Form): SlotName | null {
  const needed = scene.needed(form);
  const at = scene.position(form);
  const before = needed.slice(0, at ? needed.indexOf(at) : needed.length);
  return (
    before.findLast(
      (name) =>
        form.slots[name]?.state === 'filled' &&
        !scene.slots[name].automatic &&
        !scene.isLocked(form, name),
    ) ?? null
  );
}

export const back: Pattern = {
  name: 'back',
  phrases: [
    'quay lại',
    'trở lại',
    'lùi lại',
    'lùi',
    'bước trước',
    'quay lại bước trước',
    'back',
    'go back',
    'previous',
    'previous step',
  ],
  commands: ['back', 'quaylai'],
  run(scene) {
    const form = scene.focus;
    if (!form) {
      sayIdle(scene, 'back.nothing');
      return;
    }
    scene.asks = true;
    // Out of "is it D12345678?", back is to the question that it came from.
    const asked = scene.asked(form);
    if (asked && scene.slots[asked].doubt?.(form)) {
      scene.slots[asked].dismiss?.(scene, form);
      scene.say('back.done', { slot: asked });
      return;
    }
    const before = slotBefore(scene, form);
    if (!before) {
      scene.say('back.first');
      return;
    }
    scene.empty(form, before);
    scene.say('back.done', { slot: before });
  },
};
