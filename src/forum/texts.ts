import { createInstance } from 'i18next';
import en from '../../locales/en/forum.json' with { type: 'json' };
import vi from '../../locales/vi/forum.json' with { type: 'json' };
import type { Language } from '../dialogue/event.ts';

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { forum: vi }, en: { forum: en } },
  ns: ['forum'],
  defaultNS: 'forum',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** What the agents' group reads, in one language. */
export type ForumTexts = (key: string, params?: Record<string, string | number>) => string;

export function forumTexts(language: Language): ForumTexts {
  const fixed = i18n.getFixedT(language);
  return (key, params) => fixed(key, params ?? {});
}
