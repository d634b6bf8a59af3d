import { createInstance } from 'i18next';
import en from '../../locales/en/pairing.json' with { type: 'json' };
import vi from '../../locales/vi/pairing.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { pairing: vi }, en: { pairing: en } },
  ns: ['pairing'],
  defaultNS: 'pairing',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** The sentences of the scanner's page and of its endpoint. */
export const pairingTexts = { t: i18n.t };
