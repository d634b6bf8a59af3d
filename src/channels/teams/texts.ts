import { createInstance } from 'i18next';
import en from '../../../locales/en/teams.json' with { type: 'json' };
import vi from '../../../locales/vi/teams.json' with { type: 'json' };

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'en',
  resources: { vi: { teams: vi }, en: { teams: en } },
  ns: ['teams'],
  defaultNS: 'teams',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** What only Teams says: cards, groups, errors, and the app's own description. */
export const teamsTexts = { t: i18n.t };
