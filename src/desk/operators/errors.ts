import { createInstance } from 'i18next';
import en from '../../../locales/en/operators.json' with { type: 'json' };
import vi from '../../../locales/vi/operators.json' with { type: 'json' };
import type { Language } from '../../dialogue/event.ts';
import { HttpError } from '../../server/errors.ts';

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { operators: vi }, en: { operators: en } },
  ns: ['operators'],
  defaultNS: 'operators',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** Codes of `errors` in locales/<language>/operators.json, each with its status. */
const STATUS = {
  noToken: 401,
  noScope: 403,
  badField: 400,
  noCase: 404,
  noDeadLetter: 404,
  tooFast: 429,
} as const;

/** What the operators' API does not do, and what to do about it. */
export class OperatorError extends HttpError {
  private readonly params: Record<string, string>;

  constructor(
    code: keyof typeof STATUS,
    params: Record<string, string> = {},
    options?: { retryAfter?: number },
  ) {
    super(code, STATUS[code], options);
    this.name = 'OperatorError';
    this.params = params;
  }

  override sentence(language: Language): string {
    return i18n.t(`errors.${this.code}`, { lng: language, ...this.params });
  }
}
