import { createInstance } from 'i18next';
import en from '../../../locales/en/telegram.json' with { type: 'json' };
import vi from '../../../locales/vi/telegram.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'en',
  resources: { vi: { telegram: vi }, en: { telegram: en } },
  ns: ['telegram'],
  defaultNS: 'telegram',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** What only Telegram says: its commands, its menu, and the refusal of groups. */
export const telegramTexts = { t: i18n.t };
