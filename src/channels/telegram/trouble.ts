import { GrammyError, HttpError } from 'grammy';

/** Why a call did not do what it should. `why` holds no token, no address and no text of a person. */
export interface Trouble {
  kind:
    | 'tooFast'
    | 'unreachable'
    /** The token is wrong. */
    | 'token'
    /** Another program asks for this bot's updates. */
    | 'conflict'
    /** Telegram will never do this. */
    | 'refused'
    /** Nothing was done; another time it may be. */
    | 'later'
    /** It may have been done. */
    | 'unknown';
  why: string;
  /** Milliseconds that Telegram asks to wait. */
  waitMs: number | null;
}

/** The request never left this machine. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const NOBODY_THERE = /chat not found|user is deactivated|bot was blocked|bot was kicked/i;

/** What an error of grammY means. The error itself is never logged: it holds what was to be sent. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof GrammyError) return answered(error);
  const cause: unknown = error instanceof HttpError ? error.error : error;
  const code = (cause as { code?: unknown } | null)?.code;
  const name = typeof code === 'string' ? code : cause instanceof Error ? cause.name : 'error';
  const sent = !NOT_SENT.includes(name);
  const why = sent ? `no answer from Telegram (${name})` : `Telegram cannot be reached (${name})`;
  return { kind: sent ? 'unknown' : 'later', why, waitMs: null };
}

function answered(error: GrammyError): Trouble {
  const { error_code: code, description, parameters } = error;
  const why = `Telegram answered ${code} to ${error.method}: ${description.slice(0, 200)}`;
  const wait = parameters.retry_after;
  const waitMs = wait === undefined ? null : wait * 1000;
  return { kind: kindOf(code, description), why, waitMs };
}

function kindOf(code: number, description: string): Trouble['kind'] {
  if (code === 429) return 'tooFast';
  if (code === 401) return 'token';
  if (code === 409) return 'conflict';
  if (code === 403 || NOBODY_THERE.test(description)) return 'unreachable';
  return code >= 500 ? 'later' : 'refused';
}
