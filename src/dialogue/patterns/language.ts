import { isOneOf } from '../normalise.ts';
import type { Pattern } from './pattern.ts';

const VIETNAMESE = ['tiếng việt', 'việt', 'vi', 'vietnamese', 'speak vietnamese', 'nói tiếng việt'];
const ENGLISH = ['tiếng anh', 'english', 'en', 'speak english', 'in english', 'nói tiếng anh'];

export const language: Pattern = {
  name: 'language',
  phrases: ['ngôn ngữ', 'đổi ngôn ngữ', 'language', 'change language', ...VIETNAMESE, ...ENGLISH],
  commands: ['language', 'ngonngu'],
  valueIn: (message) =>
    isOneOf(message, VIETNAMESE) ? 'vi' : isOneOf(message, ENGLISH) ? 'en' : null,
  run(scene, value) {
    if (value !== 'vi' && value !== 'en') {
      scene.say('language.ask', undefined, {
        choices: [
          scene.action('language', 'language.choice.vi', 'vi'),
          scene.action('language', 'language.choice.en', 'en'),
        ],
      });
      return;
    }
    scene.conversation.language = value;
    scene.say('language.done');
    scene.asks = true;
  },
};
