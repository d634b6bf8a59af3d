import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkTexts } from '../../src/flows/check-texts.ts';
import { root } from '../conversations/world.ts';

let folder = '';
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true });
  folder = '';
});

/** Locales with these texts, and code that says `says` and nothing else. */
function check(
  vi: object,
  en: object,
  code = "say('hello.you'); say(`hello.$" + '{when}`);',
): string[] {
  folder = mkdtempSync(join(tmpdir(), 'texts-'));
  for (const [name, texts] of [
    ['vi', vi],
    ['en', en],
  ] as const) {
    mkdirSync(join(folder, 'locales', name), { recursive: true });
    writeFileSync(join(folder, 'locales', name, 'bot.json'), JSON.stringify(texts));
  }
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'says.ts'), code);
  return checkTexts(join(folder, 'locales'), [join(folder, 'src')]);
}

const vi = { hello: { you: 'Chào {{name}}' } };
const en = { hello: { you: 'Hello {{name}}' } };

describe('the texts', () => {
  it('of the bot and of the pages are in order in both languages', () => {
    const sources = ['dialogue', 'engine', 'words'].map((room) => join(root, 'src', room));
    expect(checkTexts(join(root, 'locales'), sources)).toEqual([]);
  });

  it('that are equal and used give no finding', () => {
    expect(check(vi, en)).toEqual([]);
  });

  it('that are missing in one language are named with the file', () => {
    expect(check(vi, { hello: {} })).toContain('en/bot.json: "hello.you" is missing');
    expect(check({ hello: {} }, en)).toContain('vi/bot.json: "hello.you" is missing');
  });

  it('with unequal placeholders are named, plural forms and nested keys included', () => {
    expect(check(vi, { hello: { you: 'Hello {{who}}' } })).toContain(
      'bot.json: "hello.you" has unequal placeholders: name / who',
    );
    const plural = { hello: { you_one: 'One', you_other: '{{count}}' } };
    expect(check({ hello: { you_other: '{{count}}' } }, plural)).toContain(
      'bot.json: "hello.you" has unequal placeholders: count / none',
    );
    const nested = { hello: { you: 'Chào {{name}} $t(hello.{{when}})' } };
    expect(check(nested, en)[0]).toContain('unequal placeholders');
  });

  it('too long for a button of some channel are named with its limit', () => {
    const long = { hello: { ...vi.hello, choice: { yes: 'Có, và em muốn nói thêm là có' } } };
    const short = { hello: { ...en.hello, choice: { yes: 'Yes' } } };
    const code = "say('hello.you'); say('hello.choice.yes');";
    expect(check(long, short, code)).toEqual([]);
    const longer = {
      hello: { ...vi.hello, choice: { yes: `${long.hello.choice.yes} ạ, vâng ạ` } },
    };
    expect(check(longer, short, code)).toEqual([
      'vi/bot.json: "hello.choice.yes" has 39 characters; zalo-oa shows 35 on a button',
      'vi/bot.json: "hello.choice.yes" has 39 characters; web shows 30 on a button',
    ]);
  });

  it('that are empty, or not NFC, are named', () => {
    const found = check(
      { hello: { you: 'Chào {{name}}'.normalize('NFD') } },
      { hello: { you: ' ' } },
    );
    expect(found).toContain('vi/bot.json: "hello.you" is not NFC');
    expect(found).toContain('en/bot.json: "hello.you" is empty');
  });

  it('that the code names but nobody wrote, or somebody wrote but nothing names, are named', () => {
    expect(check(vi, en, "say('hello.me');")).toEqual([
      'bot.json: "hello.me" is used but has no text',
      'bot.json: "hello.you" has a text but is never used',
    ]);
    const template = 'say(`hello.at.$' + '{when}`);';
    expect(check(vi, en, `say('hello.you'); ${template}`)).toEqual([
      'bot.json: no text fits "hello.at.$' + '{when}", but one is used',
    ]);
  });
});

it('a file that is no JSON is named, with the place', () => {
  folder = mkdtempSync(join(tmpdir(), 'texts-'));
  for (const language of ['vi', 'en']) mkdirSync(join(folder, language));
  writeFileSync(join(folder, 'vi', 'bot.json'), '{\n  "a": "x",,\n}');
  expect(() => checkTexts(folder, [])).toThrow(/vi.bot\.json is no JSON: .*line 2/);
});

describe('the texts of a further language', () => {
  function checkWith(km: object): string[] {
    folder = mkdtempSync(join(tmpdir(), 'texts-'));
    for (const [name, texts] of Object.entries({ vi, en, km })) {
      mkdirSync(join(folder, 'locales', name), { recursive: true });
      writeFileSync(join(folder, 'locales', name, 'bot.json'), JSON.stringify(texts));
    }
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'says.ts'), "say('hello.you');");
    return checkTexts(join(folder, 'locales'), [join(folder, 'src')]);
  }

  it('may be few, since what is missing is said in English', () => {
    expect(checkWith({})).toEqual([]);
    expect(checkWith({ hello: { you: 'សួស្តី {{name}}' } })).toEqual([]);
  });

  it('have the placeholders of the English ones, and no keys of their own', () => {
    expect(checkWith({ hello: { you: 'សួស្តី {{who}}' } })).toEqual([
      'km/bot.json: "hello.you" has other placeholders than in English',
    ]);
    expect(checkWith({ hello: { me: 'សួស្តី' } })).toEqual([
      'km/bot.json: "hello.me" is in no other language',
    ]);
  });
});
