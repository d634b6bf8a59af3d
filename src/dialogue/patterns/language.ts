import type { Language } from '../event.ts';
import { type Folded, isOneOf } from '../normalise.ts';
import type { Pattern } from './pattern.ts';

const VIETNAMESE = ['tiếng việt', 'việt', 'vi', 'vietnamese', 'speak vietnamese', 'nói tiếng việt'];
const ENGLISH = ['tiếng anh', 'english', 'en', 'speak english', 'in english', 'nói tiếng anh'];

/** The language that a whole message asks for by its name. */
export function languageNamed(message: Folded): Language | null {
  if (isOneOf(message, VIETNAMESE)) return 'vi';
  return isOneOf(message, ENGLISH) ? 'en' : null;
}

export const language: Pattern = {
  name: 'language',
  phrases: ['ngôn ngữ', 'đổi ngôn ngữ', 'language', 'change language', ...VIETNAMESE, ...ENGLISH],
  commands: ['language', 'ngonngu'],
  valueIn: languageNamed,
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
