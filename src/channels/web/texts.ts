import { createInstance } from 'i18next';
import en from '../../../locales/en/chat.json' with { type: 'json' };
import vi from '../../../locales/vi/chat.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'en',
  resources: { vi: { chat: vi }, en: { chat: en } },
  ns: ['chat'],
  defaultNS: 'chat',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** The sentences of the chat: the page's own, and those of its routes' errors. */
export const chatTexts = { t: i18n.t };
