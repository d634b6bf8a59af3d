import { createInstance } from 'i18next';
import en from '../../../locales/en/upload.json' with { type: 'json' };
import vi from '../../../locales/vi/upload.json' with { type: 'json' };

export type Language = 'vi' | 'en';

const texts = createInstance({
  lng: 'vi',
  fallbackLng: 'en',
  resources: { vi: { upload: vi }, en: { upload: en } },
  ns: ['upload'],
  defaultNS: 'upload',
  // Preact escapes what it shows.
  interpolation: { escapeValue: false },
  initAsync: false,
});
void texts.init();

export function textsIn(language: Language) {
  return texts.getFixedT(language);
}
