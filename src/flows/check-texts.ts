import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The longest button label each channel shows whole. */
const LABEL_LIMITS = { telegram: 40, 'zalo-oa': 35, teams: 40, web: 30 } as const;

const PLURALS = /_(?:zero|one|two|few|many|other)$/;

type Texts = Map<string, string>;

function flatten(node: unknown, prefix: string, into: Texts): Texts {
  if (typeof node === 'string') into.set(prefix, node);
  else if (node && typeof node === 'object') {
    for (const [key, value] of Object.entries(node)) {
      flatten(value, prefix ? `${prefix}.${key}` : key, into);
    }
  }
  return into;
}

function placeholders(text: string): string {
  const names = [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]);
  const nested = [...text.matchAll(/\$t\(([\w.]+)/g)].map((match) => `$t ${match[1]}`);
  return [...new Set([...names, ...nested])].sort().join(', ');
}

/** The texts of one file without plural endings: `one` and `other` count as the same key. */
function merged(texts: Texts): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const [key, text] of texts) {
    const plain = key.replace(PLURALS, '');
    keys.set(plain, [...(keys.get(plain) ?? []), text]);
  }
  return keys;
}

function compare(file: string, vi: Texts, en: Texts): string[] {
  const found: string[] = [];
  const [left, right] = [merged(vi), merged(en)];
  for (const key of left.keys()) if (!right.has(key)) found.push(`en/${file}: "${key}" is missing`);
  for (const key of right.keys()) if (!left.has(key)) found.push(`vi/${file}: "${key}" is missing`);
  for (const [key, texts] of left) {
    const sets = new Set([...texts, ...(right.get(key) ?? [])].map(placeholders));
    if (sets.size > 1) {
      const parts = [...sets].map((set) => set || 'none').join(' / ');
      found.push(`${file}: "${key}" has unequal placeholders: ${parts}`);
    }
  }
  return found;
}

function checkOne(language: string, file: string, texts: Texts): string[] {
  const found: string[] = [];
  for (const [key, text] of texts) {
    const where = `${language}/${file}: "${key}"`;
    if (text.trim() === '') found.push(`${where} is empty`);
    if (text !== text.normalize('NFC')) found.push(`${where} is not NFC`);
    if (!/(^|\.)choice\./.test(key)) continue;
    const shown = text.replace(/\{\{\w+\}\}/g, '123456789');
    for (const [channel, limit] of Object.entries(LABEL_LIMITS)) {
      if (shown.length > limit) {
        found.push(`${where} has ${shown.length} characters; ${channel} shows ${limit} on a button`);
      }
    }
  }
  return found;
}

/** Keys that the dialogue names in its code: whole ones, and beginnings that end in a variable. */
function usedKeys(sourceFolder: string): { whole: Set<string>; beginnings: Set<string> } {
  const whole = new Set<string>();
  const beginnings = new Set<string>();
  const files = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const code = readFileSync(join(sourceFolder, file), 'utf8');
    for (const match of code.matchAll(/'([a-z]\w*(?:\.[\w-]+)+)'/g)) whole.add(match[1] ?? '');
    for (const match of code.matchAll(/`((?:[a-z]\w*\.)(?:[\w-]+\.)*)\$\{/g)) {
      beginnings.add(match[1] ?? '');
    }
  }
  return { whole, beginnings };
}

function checkUse(texts: Texts, sourceFolders: readonly string[]): string[] {
  const keys = [...merged(texts).keys()];
  const found: string[] = [];
  const used = sourceFolders.map(usedKeys);
  const whole = new Set(used.flatMap((one) => [...one.whole]));
  const beginnings = new Set(used.flatMap((one) => [...one.beginnings]));
  const sections = new Set(keys.map((key) => key.split('.')[0]));
  for (const key of whole) {
    if (sections.has(key.split('.')[0]) && !keys.includes(key)) {
      found.push(`bot.json: "${key}" is used but has no text`);
    }
  }
  for (const start of beginnings) {
    if (!keys.some((key) => key.startsWith(start))) {
      found.push(`bot.json: no text begins with "${start}", but one is used`);
    }
  }
  return found;
}

/**
 * Holds locales/vi against locales/en: missing keys, unequal placeholders, empty or non-NFC texts,
 * buttons too long for a channel, and keys that the code uses but nobody wrote.
 */
export function checkTexts(localesFolder: string, sourceFolders: readonly string[]): string[] {
  const read = (language: string, file: string): Texts =>
    flatten(JSON.parse(readFileSync(join(localesFolder, language, file), 'utf8')), '', new Map());
  const files = new Set(['vi', 'en'].flatMap((l) => readdirSync(join(localesFolder, l))));
  const found: string[] = [];
  for (const file of [...files].filter((name) => name.endsWith('.json')).sort()) {
    const [vi, en] = [read('vi', file), read('en', file)];
    found.push(...compare(file, vi, en), ...checkOne('vi', file, vi), ...checkOne('en', file, en));
    if (file === 'bot.json') found.push(...checkUse(vi, sourceFolders));
  }
  return found;
}
