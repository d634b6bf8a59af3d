import { existsSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type i18n } from 'i18next';
import { type AgentFile, type Language, LanguageSchema } from '../dialogue/event.ts';
import type { Heard } from '../dialogue/heard.ts';
import type { PictureName, Reply } from '../dialogue/reply.ts';
import { formatMoment } from './moment.ts';
import { readTexts } from './read-texts.ts';

/** A reply as a person sees it. */
export interface Rendered {
  text: string;
  choices: { token: string; label: string; style?: 'primary' | 'danger' }[];
  /** Drawings: `/pictures/<name>.<language>.svg`, with a description. */
  pictures: { name: PictureName; alt: string }[];
  step?: { at: number; of: number };
  /** A file or a large photo may answer it; see `Reply`. */
  takesFiles?: boolean;
  caseId?: string;
  /** Stands in the place of the line before it that has the same name, where a channel can edit. */
  progress?: string;
  /** A file of an agent; its text may be empty. */
  file?: AgentFile;
  /** A link code goes where the text has it covered. */
  linkCode?: true;
}

/** Every sentence of the bot, from its files in locales/<language>. */
export interface Words {
  render(reply: Reply, language: Language): Rendered;
  /** An incoming message as the transcript shows it. */
  heard(heard: Heard, language: Language): Rendered;
  say(key: string, params: Reply['params'], language: Language): string;
}

const LANGUAGES = LanguageSchema.options;

/** By language, what `make` gives. */
function byLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((one) => [one, make(one)])) as Record<Language, T>;
}

function readLocale(folder: string, language: Language): Record<string, unknown> {
  const files = ['bot', 'link', 'verify', 'batch', 'follow', 'backend']
    .map((area) => join(folder, language, `${area}.json`))
    .filter((file) => existsSync(file));
  return Object.assign({}, ...files.map(readTexts));
}

function createInstance(folder: string): i18n {
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    lng: 'vi',
    supportedLngs: LANGUAGES,
    fallbackLng: 'en',
    ns: ['bot'],
    defaultNS: 'bot',
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: byLanguage((language) => ({ bot: readLocale(folder, language) })),
  });
  instance.services.formatter?.add('moment', (value, language) =>
    formatMoment(Number(value), LANGUAGES.find((one) => one === language) ?? 'vi'),
  );
  return instance;
}

/**
 * Reads the locales once. Texts are NFC. What a language lacks is said in English; a key that nobody has
 * is rendered as the key itself, which `npm run flow -- check` keeps from happening.
 *
 * @param folder the locales/ folder
 */
export function createWords(folder: string): Words {
  const instance = createInstance(folder);
  const languages = byLanguage((language) => instance.getFixedT(language));
  // Most texts take no parameters, buttons above all, and are the same each time.
  const fixed = byLanguage(() => new Map<string, string>());
  const say: Words['say'] = (key, params, language) => {
    if (params) return languages[language](key, { ...params }).normalize('NFC');
    const known = fixed[language].get(key) ?? languages[language](key).normalize('NFC');
    fixed[language].set(key, known);
    return known;
  };
  return {
    say,
    render(reply, language) {
      const lines = (reply.lines ?? []).map(
        (line) =>
          `• ${say(line.label, line.params, language)}: ${say(line.key, line.params, language)}`,
      );
      return {
        text: [say(reply.key, reply.params, language), ...lines].join('\n'),
        choices: (reply.choices ?? []).map((choice) => ({
          token: choice.token,
          label: say(choice.key, choice.params, language),
          ...(choice.style ? { style: choice.style } : {}),
        })),
        pictures: (reply.pictures ?? []).map((name) => ({
          name,
          alt: say(`picture.${name}`, undefined, language),
        })),
        ...(reply.step ? { step: reply.step } : {}),
        ...(reply.takesFiles ? { takesFiles: true } : {}),
        ...(reply.caseId ? { caseId: reply.caseId } : {}),
        ...(reply.progress ? { progress: reply.progress } : {}),
        ...(reply.linkCode ? { linkCode: true as const } : {}),
      };
    },
    heard(heard, language) {
      const said = heard.said ? say(heard.said.key, heard.said.params, language) : '';
      return { text: heard.text?.normalize('NFC') ?? said, choices: [], pictures: [] };
    },
  };
}
