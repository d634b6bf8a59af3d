import { ApiError, type Refusal } from './api-error.ts';

/** Why a call did not do what it should. `why` holds no token, no address and no text of a person. */
export interface Trouble {
  kind:
    | 'tooFast'
    | 'unreachable'
    /** The token is wrong. */
    | 'token'
    /** Zalo will never do this. */
    | 'refused'
    /** Nothing was done; another time it may be. */
    | 'later'
    /** It may have been done. */
    | 'unknown';
  why: string;
  /** Milliseconds that Zalo asks to wait. */
  waitMs: number | null;
}

/** No published text: what other platforms of this shape say, and a 404 to a chat's id. */
const NOBODY_THERE = /blocked|(?:chat|user|recipient)\b.{0,20}\bnot (?:found|exist)/i;
const TO_A_CHAT = new Set(['sendMessage', 'sendPhoto', 'sendChatAction']);

/** What a thrown error means. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError)) {
    const name = error instanceof Error ? error.name : typeof error;
    return { kind: 'unknown', why: `a call to Zalo failed (${name})`, waitMs: null };
  }
  const { refusal, message: why } = error;
  if (refusal === null) return { kind: error.mayBeDone ? 'unknown' : 'later', why, waitMs: null };
  return { kind: kindOf(refusal), why, waitMs: refusal.waitMs };
}

/** Codes of the documentation: 400, 401 token, 403 "internal server error", 404, 408, 429 quota. */
function kindOf({ code, description, json, method }: Refusal): Trouble['kind'] {
  if (code === 429) return 'tooFast';
  if (code === 401) return 'token';
  // A token that Zalo does not know leads to no bot: the answer is a page of its web server.
  if (!json && (code === 403 || code === 404)) return 'token';
  if (NOBODY_THERE.test(description)) return 'unreachable';
  if (code === 404) return TO_A_CHAT.has(method) ? 'unreachable' : 'refused';
  if (code === 408) return 'unknown';
  if (code === 403 || code >= 500) return 'later';
  // An answer of success that is no JSON comes from something in between.
  return json ? 'refused' : 'unknown';
}
