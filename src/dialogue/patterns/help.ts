import { sayIdle } from '../greeting.ts';
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
    'em không hiểu',
    'tôi không hiểu',
    'làm sao',
    'làm thế nào',
    'làm gì tiếp',
    'giờ làm gì',
    '?',
    '??',
    '???',
    'help',
    'help me',
    'i need help',
    'what now',
    'what do i do',
    'i do not understand',
    "i don't understand",
  ],
  commands: ['help', 'trogiup'],
  run(scene) {
    const form = scene.focus;
    const at = form && scene.asked(form);
    if (!form || !at) {
      sayIdle(scene, 'help.idle');
      return;
    }
    scene.say('help.where', { ...scene.step(form), slot: at });
    for (const reply of scene.slots[at].explain(scene, form)) scene.reply(reply);
    scene.say('help.words', undefined, scene.asksForFiles ? {} : { takesFiles: true });
    scene.asks = true;
  },
};
