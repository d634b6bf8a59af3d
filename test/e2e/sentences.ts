import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Language = 'vi' | 'en';

const LOCALES = resolve(import.meta.dirname, '../../locales');

/** All texts of a language, those of the bot first. */
function textsOf(language: Language): Record<string, unknown>[] {
  const folder = resolve(LOCALES, language);
  const files = readdirSync(folder).sort(
    (a, b) => Number(b === 'bot.json') - Number(a === 'bot.json'),
  );
  return files.map((file) => JSON.parse(readFileSync(resolve(folder, file), 'utf8')));
}

const TEXTS = { vi: textsOf('vi'), en: textsOf('en') };

function textOf(language: Language, key: string): string {
  for (const texts of TEXTS[language]) {
    const found = key
      .split('.')
      .reduce<unknown>(
        (node, part) => (node as Record<string, unknown> | undefined)?.[part],
        texts,
      );
    if (typeof found === 'string') return found;
  }
  throw new Error(`No file of locales/${language} has ${key}`);
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
