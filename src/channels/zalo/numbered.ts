import type { Language } from '../../dialogue/event.ts';
import type { Rendered } from '../../words/words.ts';
import { zaloTexts } from './texts.ts';

/**
 * Choices as lines of text, for where there are no buttons or too few: "2" picks the second one of
 * the newest question, as the dialogue understands it.
 */
export function numbered(choices: Rendered['choices'], language: Language): string {
  const lines = choices.map(({ label }, index) => `${index + 1}. ${label}`);
  return [zaloTexts.t('numbered', { lng: language }), ...lines].join('\n');
}
