import { createInstance } from 'i18next';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import enDesk from '../../../locales/en/desk.json';
import enForum from '../../../locales/en/forum.json';
import enInbox from '../../../locales/en/inbox.json';
import enOffice from '../../../locales/en/office.json';
import enShortcuts from '../../../locales/en/shortcuts.json';
import enTokens from '../../../locales/en/tokens.json';
import enVerifications from '../../../locales/en/verifications.json';
import viDesk from '../../../locales/vi/desk.json';
import viForum from '../../../locales/vi/forum.json';
import viInbox from '../../../locales/vi/inbox.json';
import viOffice from '../../../locales/vi/office.json';
import viShortcuts from '../../../locales/vi/shortcuts.json';
import viTokens from '../../../locales/vi/tokens.json';
import viVerifications from '../../../locales/vi/verifications.json';
import type { AuditLineView } from '../../desk/wire/audit.ts';

const vi = {
  ...viDesk,
  forum: viForum,
  inbox: viInbox,
  office: viOffice,
  tokens: viTokens,
  verifications: viVerifications,
  shortcuts: viShortcuts,
};
const en = {
  ...enDesk,
  forum: enForum,
  inbox: enInbox,
  office: enOffice,
  tokens: enTokens,
  verifications: enVerifications,
  shortcuts: enShortcuts,
};

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

/** Which way a line went and why; the words themselves where this page does not know them. */
export function wayText(t: T, { way, why }: { way: string; why: string }): string {
  const key = way === 'wait' ? why : way;
  return Object.hasOwn(vi.ways, key) ? t(`ways.${key as keyof (typeof vi)['ways']}`) : key;
}

/** The text of an action of the audit trail. */
export function actionText(t: T, action: string): string {
  const key = action.replaceAll('.', '_');
  const { actions } = vi.audit;
  return Object.hasOwn(actions, key) ? t(`audit.actions.${key as keyof typeof actions}`) : action;
}

/** Who did what the audit trail tells; what a person in a chat did names nobody. */
export function actorText(t: T, { id, name }: AuditLineView['actor']): string {
  if (id === 'installer' || id === 'retention') return t(`audit.${id}`);
  return name ?? t('audit.someone', { id });
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
