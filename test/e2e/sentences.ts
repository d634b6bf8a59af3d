import en from '../../locales/en/bot.json' with { type: 'json' };
import vi from '../../locales/vi/bot.json' with { type: 'json' };

export type Language = 'vi' | 'en';

function textOf(language: Language, key: string): string {
  const found = key
    .split('.')
    .reduce<unknown>(
      (node, part) => (node as Record<string, unknown> | undefined)?.[part],
      language === 'vi' ? vi : en,
    );
  if (typeof found !== 'string') throw new Error(`locales/${language}/bot.json has no ${key}`);
  return found;
}

/** The label of a button. */
export function label(language: Language, key: string): string {
  return textOf(language, key);
}

/**
 * The longest part of the bot's sentence that is the same whatever its parameters are: by it a test
 * knows the sentence, however it is worded.
 */
export function wordsOf(language: Language, key: string): string {
  const parts = textOf(language, key).split(/\{\{[^}]*\}\}|\$t\([^)]*\)|\n/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest)).trim();
}
