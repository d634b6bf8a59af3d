import { createInstance } from 'i18next';
import en from '../../locales/en/desk.json' with { type: 'json' };
import enOffice from '../../locales/en/office.json' with { type: 'json' };
import enVerifications from '../../locales/en/verifications.json' with { type: 'json' };
import vi from '../../locales/vi/desk.json' with { type: 'json' };
import viOffice from '../../locales/vi/office.json' with { type: 'json' };
import viVerifications from '../../locales/vi/verifications.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: {
    vi: { desk: { ...vi, office: viOffice, verifications: viVerifications } },
    en: { desk: { ...en, office: enOffice, verifications: enVerifications } },
  },
  ns: ['desk'],
  defaultNS: 'desk',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** The desk's sentences, those of its page included. */
export const deskTexts = { t: i18n.t };
