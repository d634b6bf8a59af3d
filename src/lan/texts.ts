import { createInstance } from 'i18next';
import en from '../../locales/en/lan.json' with { type: 'json' };
import vi from '../../locales/vi/lan.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { lan: vi }, en: { lan: en } },
  ns: ['lan'],
  defaultNS: 'lan',
  interpolation: { escapeValue: false },
});
await i18n.init();

export type Say = (key: string, params?: Record<string, string | number>) => string;

/** The scanner's sentences in a language. */
export function sayIn(language: 'vi' | 'en'): Say {
  return (key, params) => i18n.t(key, { lng: language, ...params });
}

/** The system's language, when it is English; else Vietnamese. */
export function systemLanguage(env: Readonly<Record<string, string | undefined>>): 'vi' | 'en' {
  const { LC_ALL, LC_MESSAGES, LANG } = env;
  const named = LC_ALL || LC_MESSAGES || LANG;
  // Windows names it nowhere but here; "C" and "POSIX" are no language of a person.
  const language = named ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return /^en\b/i.test(language.replace('_', '-')) ? 'en' : 'vi';
}
