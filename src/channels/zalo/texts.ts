import { createInstance } from 'i18next';
import en from '../../../locales/en/zalo.json' with { type: 'json' };
import vi from '../../../locales/vi/zalo.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'en',
  resources: { vi: { zalo: vi }, en: { zalo: en } },
  ns: ['zalo'],
  defaultNS: 'zalo',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** What only Zalo says: numbered choices, the wish for a phone number, words of templates. */
export const zaloTexts = { t: i18n.t };
