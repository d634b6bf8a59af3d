import { ConnectorError } from './connector-http.ts';

/** Why a call did not do what it should. `why` holds no token, no address and no text of a person. */
export interface Trouble {
  kind:
    | 'tooFast'
    /** Blocked, uninstalled, or a conversation that is no more. */
    | 'unreachable'
    /** Microsoft gives the bot no token, or Teams does not take it. */
    | 'signIn'
    /** Teams will never do this. */
    | 'refused'
    /** Nothing was done; another time it may be. */
    | 'later'
    /** It may have been done. */
    | 'unknown';
  why: string;
  /** Milliseconds that Teams asks to wait. */
  waitMs: number | null;
}

/** The request never left this machine. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** What MSAL says of a client that is wrong, as opposed to a provider that is down. */
const WRONG_CLIENT = /^(invalid_client|unauthorized_client|invalid_grant|invalid_request)$/;

/** What an error of a call means. The error itself is never logged. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ConnectorError) {
    return { kind: kindOf(error), why: error.message, waitMs: error.waitMs };
  }
  const code = (error as { errorCode?: unknown } | null)?.errorCode;
  const name = typeof code === 'string' ? code : error instanceof Error ? error.name : 'error';
  // Whatever is not a call to Teams comes before it, so that nothing was sent.
  const kind = WRONG_CLIENT.test(name) ? 'signIn' : 'later';
  return { kind, why: `no token from Microsoft (${name})`, waitMs: null };
}

function kindOf({ status, code }: ConnectorError): Trouble['kind'] {
  if (status === null) return NOT_SENT.includes(code) ? 'later' : 'unknown';
  if (status === 429) return 'tooFast';
  if (status === 401) return 'signIn';
  if (status === 403 || status === 404) return 'unreachable';
  // 412 and 5xx: "Optimize your bot with rate limiting" asks to try these again.
  return status === 412 || status === 408 || status >= 500 ? 'later' : 'refused';
}
