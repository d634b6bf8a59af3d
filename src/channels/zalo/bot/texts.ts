import { createInstance } from 'i18next';
import en from '../../../../locales/en/zaloBot.json' with { type: 'json' };
import vi from '../../../../locales/vi/zaloBot.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'en',
  resources: { vi: { zaloBot: vi }, en: { zaloBot: en } },
  ns: ['zaloBot'],
  defaultNS: 'zaloBot',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** What only a Zalo bot says: how to choose without buttons, and how to send files. */
export const zaloBotTexts = { t: i18n.t };
