import { createInstance } from 'i18next';
import en from '../../../locales/en/files.json' with { type: 'json' };
import vi from '../../../locales/vi/files.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { files: vi }, en: { files: en } },
  ns: ['files'],
  defaultNS: 'files',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** What is said of agents' files where a link stands for them. */
export const fileTexts = { t: i18n.t };
