import type { Pattern } from './pattern.ts';

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
      scene.say('back.nothing');
      scene.asks = true;
      return;
    }
    const needed = scene.needed(form);
    const at = scene.position(form);
    const until = at ? needed.indexOf(at) : needed.length;
    const before = needed
      .slice(0, until)
      .findLast((name) => form.slots[name]?.state === 'filled' && !scene.slots[name].automatic);
    scene.asks = true;
    if (!before) {
      scene.say('back.first');
      return;
    }
    scene.empty(form, before);
    scene.say('back.done', { slot: before });
  },
};
