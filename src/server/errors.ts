import type { Language } from '../dialogue/event.ts';
import { serverTexts } from './texts.ts';

/**
 * A request that cannot be served, in words for the person who made it. `code` is for programs;
 * `sentence` says what to do. Whatever else is thrown becomes one sentence without details.
 */
export abstract class HttpError extends Error {
  readonly code: string;
  readonly statusCode: number;
  /** Seconds until trying again makes sense; sent as Retry-After. */
  readonly retryAfter: number | undefined;

  constructor(code: string, statusCode: number, options?: ErrorOptions & { retryAfter?: number }) {
    super(code, options);
    this.name = 'HttpError';
    this.code = code;
    this.statusCode = statusCode;
    this.retryAfter = options?.retryAfter;
  }

  abstract sentence(language: Language): string;
}

/** Codes of `errors` in locales/<language>/server.json. */
type ServerErrorCode =
  | 'badRequest'
  | 'notFound'
  | 'tooLarge'
  | 'wrongType'
  | 'tooFast'
  | 'notReady'
  | 'pagesMissing'
  | 'internal';

/** What can go wrong with any request, whatever it is about. */
export class ServerError extends HttpError {
  private readonly params: Record<string, string>;

  constructor(
    code: ServerErrorCode,
    statusCode: number,
    params: Record<string, string> = {},
    options?: ErrorOptions & { retryAfter?: number },
  ) {
    super(code, statusCode, options);
    this.name = 'ServerError';
    this.params = params;
  }

  override sentence(language: Language): string {
    return serverTexts.t(`errors.${this.code}`, { lng: language, ...this.params });
  }
}
