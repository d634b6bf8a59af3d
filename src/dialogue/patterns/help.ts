import type { Pattern } from './pattern.ts';

/** Says where the person is and what is wanted. */
export const help: Pattern = {
  name: 'help',
  phrases: [
    'trợ giúp',
    'giúp',
    'giúp tôi',
    'giúp với',
    'hướng dẫn',
    'cứu',
    'không hiểu',
    'làm sao',
    'làm thế nào',
    '?',
    'help',
    'help me',
    'i need help',
    'what now',
    'what do i do',
    'i do not understand',
  ],
  commands: ['help', 'trogiup'],
  run(scene) {
    const form = scene.focus;
    const at = form && scene.position(form);
    if (!form || !at) {
      scene.say('help.idle', undefined, {
        choices: [
          scene.action('start', 'choice.new', 'new'),
          scene.action('status', 'choice.status'),
          scene.action('human', 'choice.human'),
        ],
      });
      return;
    }
    scene.say('help.where', { ...scene.step(form), slot: at });
    for (const reply of scene.slots[at].explain(scene, form)) scene.reply(reply);
    scene.say('help.words');
    scene.asks = true;
  },
};
