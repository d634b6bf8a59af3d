import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promise } from '../../src/domain/promise.ts';
import { defaultBook } from '../../src/office/defaults.ts';
import { snapshotOf } from '../../src/office/office-book.ts';

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
 * The label of the button that sends a case, for a string that was exported just now: before a long rest, such as a
 * Sunday, it may have expired by the time somebody looks at it, and the button says so.
 */
export function submitLabel(language: Language, now = Date.now()): string {
  const { calendar, settings } = snapshotOf(defaultBook());
  const { opensAt } = promise(calendar, now, settings.slaMinutes);
  const late = opensAt !== null && opensAt - now > settings.sadpStaleHours * 3_600_000;
  return label(language, late ? 'review.choice.submitAnyway' : 'review.choice.submit');
}

/**
 * The longest part of the bot's sentence that is the same whatever its parameters are: by it a test
 * knows the sentence, however it is worded.
 */
export function wordsOf(language: Language, key: string): string {
  const parts = textOf(language, key).split(/\{\{[^}]*\}\}|\$t\([^)]*\)|\n/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest)).trim();
}
