/** What Zalo answered instead of a result. */
export interface Refusal {
  method: string;
  /** `error_code` of the answer or, where there is none, its HTTP status. */
  code: number;
  description: string;
  /** Whether the answer was the platform's JSON. */
  json: boolean;
  waitMs: number | null;
}

/** The request never left this machine. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/**
 * A call of the Bot Platform that did not do what it should. Made of what may be known only: errors
 * of `fetch` are not kept as a cause, for they may quote the address, which holds the token.
 */
export class ApiError extends Error {
  readonly code = 'zaloBot';
  /** Null when no answer came. */
  readonly refusal: Refusal | null;
  /** It may have been done although no answer came. */
  readonly mayBeDone: boolean;

  private constructor(message: string, refusal: Refusal | null, mayBeDone: boolean) {
    super(message);
    this.name = 'ApiError';
    this.refusal = refusal;
    this.mayBeDone = mayBeDone;
  }

  static refused(refusal: Refusal): ApiError {
    const { method, code, description } = refusal;
    const said = description ? `: ${description.slice(0, 200)}` : '';
    return new ApiError(`Zalo answered ${code} to ${method}${said}`, refusal, false);
  }

  static unanswered(error: unknown): ApiError {
    const cause = error instanceof TypeError ? error.cause : error;
    const code = (cause as { code?: unknown } | null)?.code;
    const name = typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'error';
    return NOT_SENT.includes(name)
      ? new ApiError(`Zalo cannot be reached (${name})`, null, false)
      : new ApiError(`no answer from Zalo (${name})`, null, true);
  }
}
