import { type Language, LanguageSchema } from '../event.ts';
import { type Folded, keyOf } from '../normalise.ts';
import type { Pattern } from './pattern.ts';

/** What a message is that asks for a language by its name. */
const NAMES: Record<Language, readonly string[]> = {
  vi: ['tiếng việt', 'việt', 'vi', 'vietnamese', 'speak vietnamese', 'nói tiếng việt'],
  en: ['tiếng anh', 'english', 'en', 'speak english', 'in english', 'nói tiếng anh'],
};

/** The language that a whole message asks for by its name. */
export function languageNamed(message: Folded): Language | null {
  return keyOf(message, NAMES);
}

export const language: Pattern = {
  name: 'language',
  phrases: [
    'ngôn ngữ',
    'đổi ngôn ngữ',
    'language',
    'change language',
    ...Object.values(NAMES).flat(),
  ],
  commands: ['language', 'ngonngu'],
  valueIn: languageNamed,
  run(scene, value) {
    const wanted = LanguageSchema.safeParse(value);
    if (!wanted.success) {
      scene.say('language.ask', undefined, {
        choices: LanguageSchema.options.map((name) =>
          scene.action('language', `language.choice.${name}`, name),
        ),
      });
      // Its own question is answered first: a number picks a language.
      scene.asks = false;
      return;
    }
    scene.conversation.language = wanted.data;
    scene.say('language.done');
    scene.asks = true;
  },
};
