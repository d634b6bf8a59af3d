import type { Language } from '../dialogue/event.ts';
import { HttpError } from '../server/errors.ts';
import { pairingTexts } from './texts.ts';

/** Codes of `errors` in locales/<language>/pairing.json, each with its sentence. */
type PairingErrorCode = 'wrongCode' | 'badList' | 'tooFast' | 'notKept' | 'noProgram';

/** A request of the scanner that cannot be served, in words for whoever started it. */
export class PairingError extends HttpError {
  readonly #params: Record<string, string | number>;

  constructor(
    code: PairingErrorCode,
    statusCode: number,
    params: Record<string, string | number> = {},
    options?: ErrorOptions & { retryAfter?: number },
  ) {
    super(code, statusCode, options);
    this.name = 'PairingError';
    this.#params = params;
  }

  override sentence(language: Language): string {
    return pairingTexts.t(`errors.${this.code}`, { lng: language, ...this.#params });
  }
}
