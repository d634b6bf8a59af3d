import { createInstance, type TFunction } from 'i18next';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import en from '../../../locales/en/chat.json' with { type: 'json' };
import enLink from '../../../locales/en/chat-link.json' with { type: 'json' };
import vi from '../../../locales/vi/chat.json' with { type: 'json' };
import viLink from '../../../locales/vi/chat-link.json' with { type: 'json' };

export type Language = 'vi' | 'en';
export const LANGUAGES: readonly Language[] = ['vi', 'en'];

const texts = createInstance({
  lng: 'vi',
  fallbackLng: 'en',
  resources: { vi: { chat: { ...vi, ...viLink } }, en: { chat: { ...en, ...enLink } } },
  ns: ['chat'],
  defaultNS: 'chat',
  // Preact escapes what it shows.
  interpolation: { escapeValue: false },
  initAsync: false,
});
void texts.init();

export const LanguageContext = createContext<Language>('vi');

/** The texts of the page in the present language. */
export function useTexts(): { t: TFunction; language: Language } {
  const language = useContext(LanguageContext);
  return { t: texts.getFixedT(language), language };
}

const KEPT = 'chat.language';

/** The language to begin with: the last one chosen here, else the browser's, Vietnamese first. */
export function firstLanguage(): Language {
  const kept = read();
  if (kept === 'vi' || kept === 'en') return kept;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted[0] === 'en' && !wanted.includes('vi') ? 'en' : 'vi';
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // Storage is blocked or full: the conversation itself knows its language.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
