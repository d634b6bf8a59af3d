import { createInstance } from 'i18next';
import en from '../../locales/en/share.json' with { type: 'json' };
import vi from '../../locales/vi/share.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { share: vi }, en: { share: en } },
  ns: ['share'],
  defaultNS: 'share',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** The sentences of the page that shows a case to others. */
export const shareTexts = { t: i18n.t };
