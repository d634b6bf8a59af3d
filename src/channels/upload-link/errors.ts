import { createInstance } from 'i18next';
import en from '../../../locales/en/upload.json' with { type: 'json' };
import vi from '../../../locales/vi/upload.json' with { type: 'json' };
import type { Language } from '../../dialogue/event.ts';
import { HttpError } from '../../server/errors.ts';

const i18n = createInstance({
  lng: 'vi',
  fallbackLng: 'en',
  resources: { vi: { upload: vi }, en: { upload: en } },
  ns: ['upload'],
  defaultNS: 'upload',
  interpolation: { escapeValue: false },
});
await i18n.init();

/** An upload that cannot be taken, in words for the person. `name`: of the file that it is about. */
export class UploadError extends HttpError {
  readonly #name: string;

  constructor(
    code: keyof typeof vi.errors,
    statusCode: number,
    options: ErrorOptions & { retryAfter?: number; file?: string } = {},
  ) {
    super(code, statusCode, options);
    this.name = 'UploadError';
    this.#name = options.file ?? '';
  }

  override sentence(language: Language): string {
    return i18n.t(`errors.${this.code}`, { lng: language, name: this.#name });
  }
}
