import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTexts } from '../words/read-texts.ts';

/** The longest button label each channel shows whole. */
const LABEL_LIMITS = { telegram: 40, 'zalo-oa': 35, teams: 40, web: 30 } as const;

/** Languages that lack nothing. */
const WHOLE: readonly string[] = ['vi', 'en'];

/** Files whose keys code refers to; of the others, pages take care. */
const SAID_BY_THE_BOT = [
  'bot.json',
  'link.json',
  'verify.json',
  'batch.json',
  'follow.json',
  'backend.json',
];

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
        found.push(
          `${where} has ${shown.length} characters; ${channel} shows ${limit} on a button`,
        );
      }
    }
  }
  return found;
}

/**
 * Keys that code names: whole ones, and templates such as `proof.value.${verdict}`, as patterns.
 * Each with the text it was found as.
 */
function namedKeys(sourceFolder: string): { whole: Set<string>; templates: Map<string, RegExp> } {
  const whole = new Set<string>();
  const templates = new Map<string, RegExp>();
  const files = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const code = readFileSync(join(sourceFolder, file), 'utf8');
    for (const match of code.matchAll(/'([a-z]\w*(?:\.[\w-]+)+)'/g)) whole.add(match[1] ?? '');
    for (const match of code.matchAll(/`((?:[\w-]+\.|\$\{[^`]*?\}\.?|\.)+[\w-]*)`/g)) {
      const template = match[1] ?? '';
      if (template.includes('.') && template.includes('${')) {
        templates.set(template, asPattern(template));
      }
    }
  }
  return { whole, templates };
}

/** A template with its variables, `${…}` of code or `{{…}}` of a text, standing for any word. */
function asPattern(template: string): RegExp {
  const parts = template
    .split(/\$\{[^`]*?\}|\{\{\w+\}\}/)
    .map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[\\w-]+')}$`);
}

/** Keys that texts take in: `$t(slot.{{slot}})`. */
function nestedKeys(texts: Texts): RegExp[] {
  return [...texts.values()].flatMap((text) =>
    [...text.matchAll(/\$t\(([^)]+)\)/g)].map((match) => asPattern(match[1] ?? '')),
  );
}

/** What every channel's page or picture is named by, without the code naming it here. */
const NAMED_ELSEWHERE = [/^picture\./];

/** @param files the texts of each file, by its name */
function checkUse(files: ReadonlyMap<string, Texts>, sourceFolders: readonly string[]): string[] {
  const texts: Texts = new Map([...files.values()].flatMap((one) => [...one]));
  const fileOf = new Map(
    [...files].flatMap(([file, one]) => [...merged(one).keys()].map((key) => [key, file] as const)),
  );
  const keys = [...fileOf.keys()];
  const named = sourceFolders.map(namedKeys);
  const whole = new Set(named.flatMap((one) => [...one.whole]));
  const templates = new Map(named.flatMap((one) => [...one.templates]));
  const sections = new Set(keys.map((key) => key.split('.')[0]));
  const patterns = [...templates.values(), ...nestedKeys(texts), ...NAMED_ELSEWHERE];
  const missing = [...whole].filter(
    (key) => sections.has(key.split('.')[0]) && !keys.includes(key),
  );
  const empty = [...templates].filter(
    ([template, pattern]) =>
      sections.has(template.split('.')[0]) && !keys.some((key) => pattern.test(key)),
  );
  const idle = keys.filter((key) => !whole.has(key) && !patterns.some((one) => one.test(key)));
  return [
    ...missing.map((key) => `bot.json: "${key}" is used but has no text`),
    ...empty.map(([template]) => `bot.json: no text fits "${template}", but one is used`),
    ...idle.map((key) => `${fileOf.get(key)}: "${key}" has a text but is never used`),
  ];
}

/** A further language may lack texts, which are then said in English; what it has must fit. */
function compareFurther(language: string, file: string, texts: Texts, en: Texts): string[] {
  const known = merged(en);
  return [...merged(texts)].flatMap(([key, ours]) => {
    const theirs = known.get(key);
    const where = `${language}/${file}: "${key}"`;
    if (!theirs) return [`${where} is in no other language`];
    const wanted = new Set(theirs.map(placeholders));
    const wrong = ours.filter((text) => !wanted.has(placeholders(text)));
    return wrong.length > 0 ? [`${where} has other placeholders than in English`] : [];
  });
}

/**
 * Holds locales/vi against locales/en, and further languages against English: missing keys, unequal placeholders, empty or non-NFC texts,
 * buttons too long for a channel, keys that the code uses but nobody wrote, and texts that nobody
 * says.
 */
export function checkTexts(localesFolder: string, sourceFolders: readonly string[]): string[] {
  const read = (language: string, file: string): Texts =>
    flatten(readTexts(join(localesFolder, language, file)), '', new Map());
  const files = new Set(WHOLE.flatMap((l) => readdirSync(join(localesFolder, l))));
  const found: string[] = [];
  for (const file of [...files].filter((name) => name.endsWith('.json')).sort()) {
    const [vi, en] = [read('vi', file), read('en', file)];
    found.push(...compare(file, vi, en), ...checkOne('vi', file, vi), ...checkOne('en', file, en));
  }
  for (const language of readdirSync(localesFolder).filter((name) => !WHOLE.includes(name))) {
    for (const file of readdirSync(join(localesFolder, language))) {
      const texts = read(language, file);
      const en = files.has(file) ? read('en', file) : new Map();
      found.push(...compareFurther(language, file, texts, en), ...checkOne(language, file, texts));
    }
  }
  const said = SAID_BY_THE_BOT.filter((file) => files.has(file));
  found.push(...checkUse(new Map(said.map((file) => [file, read('vi', file)])), sourceFolders));
  return found;
}
