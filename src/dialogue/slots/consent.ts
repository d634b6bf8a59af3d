import { batchOf } from '../batch.ts';
import type { Language } from '../event.ts';
import { keyOf } from '../normalise.ts';
import type { Slot } from '../scene.ts';
import type { DialogueSettings } from '../settings.ts';
import { YES_NO } from './words.ts';

const WORDS = {
  yes: [...YES_NO.yes, 'đồng ý', 'tôi đồng ý', 'em đồng ý', 'agree', 'i agree', 'accept'],
  no: [...YES_NO.no, 'không đồng ý', 'chưa đồng ý', 'disagree', "i don't agree", 'i do not agree'],
} as const;

type Terms = DialogueSettings['terms'];

/** Nobody agrees to an empty text: a language without terms of its own shows the English ones. */
function termsIn(terms: Terms, language: Language): string {
  return terms[language] ?? terms.en;
}

export const consent: Slot = {
  name: 'consent',
  ask: (scene, form) => ({
    key: 'consent.ask',
    params: { terms: termsIn(scene.context.settings.terms, scene.language) },
    choices: [
      scene.choice(form, 'consent', 'yes', 'consent.choice.yes', { style: 'primary' }),
      scene.choice(form, 'consent', 'no', 'consent.choice.no'),
    ],
  }),
  explain: () => [{ key: 'consent.explain' }],
  hear(scene, form, text) {
    const answer = keyOf(text, WORDS);
    return answer !== null && this.choose(scene, form, answer);
  },
  choose(scene, form, value) {
    if (value === 'yes') {
      const version = scene.context.settings.termsVersion;
      for (const one of batchOf(scene, form)) scene.fill(one, 'consent', { version });
      return true;
    }
    if (value !== 'no') return false;
    scene.say('consent.needed');
    return true;
  },
};
