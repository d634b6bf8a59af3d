import { createInstance } from 'i18next';
import en from '../../locales/en/server.json' with { type: 'json' };
import vi from '../../locales/vi/server.json' with { type: 'json' };
import type { Language } from '../dialogue/event.ts';

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { server: vi }, en: { server: en } },
  ns: ['server'],
  defaultNS: 'server',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** The sentences of this room. */
export const serverTexts = { t: i18n.t };

/** The language a request asks for: the first of Accept-Language; Vietnamese unless English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^en\b/i.test(acceptLanguage ?? '') ? 'en' : 'vi';
}
