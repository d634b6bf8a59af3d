import { createInstance } from 'i18next';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import enDesk from '../../../locales/en/desk.json';
import enInbox from '../../../locales/en/inbox.json';
import viDesk from '../../../locales/vi/desk.json';
import viInbox from '../../../locales/vi/inbox.json';

const vi = { ...viDesk, inbox: viInbox };
const en = { ...enDesk, inbox: enInbox };

export type Language = 'vi' | 'en';

type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`;
}[keyof T & string];
/** Every text of the page: "queue.title". */
export type TextKey = Paths<typeof vi>;
export type T = (key: TextKey, params?: Record<string, string | number>) => string;

const texts = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { desk: vi }, en: { desk: en } },
  ns: ['desk'],
  defaultNS: 'desk',
  // Preact escapes what it shows.
  interpolation: { escapeValue: false },
  initAsync: false,
});
void texts.init();

export const LanguageContext = createContext<Language>('vi');

/** The texts in the language of the page. */
export function useTexts(): { t: T; language: Language } {
  const language = useContext(LanguageContext);
  const fixed = texts.getFixedT(language);
  return { t: (key, params) => fixed(key, params ?? {}), language };
}

/** The text of a word that the server sent; the word itself where this page does not know it. */
export function wordOf(t: T, word: string): string {
  return Object.hasOwn(vi.why, word) ? t(`why.${word as keyof (typeof vi)['why']}`) : word;
}

/** The text of an action of the audit trail. */
export function actionText(t: T, action: string): string {
  const key = action.replaceAll('.', '_');
  const { actions } = vi.audit;
  return Object.hasOwn(actions, key) ? t(`audit.actions.${key as keyof typeof actions}`) : action;
}

const KEPT = 'desk.language';

export function firstLanguage(): Language {
  try {
    return localStorage.getItem(KEPT) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // Storage is blocked or full: the choice holds until the page is closed.
  }
}
