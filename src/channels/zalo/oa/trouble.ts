import { NoAnswerError, NotConnectedError, OaError } from './errors.ts';
import { nightEnds } from './night.ts';

/** What a call that failed means for the message. */
export type Meaning =
  /** Enough for this minute. */
  | 'tooFast'
  /** The access token is not, or no longer, valid. */
  | 'token'
  /** The person has not written for seven days. */
  | 'window'
  /** Nothing reaches the person until they write or follow again. */
  | 'unreachable'
  /** A quota is used up; it fills again by itself. */
  | 'quota'
  /** Not between 22:00 and 06:00. */
  | 'night'
  /** An uploaded picture is gone. */
  | 'attachment'
  /** This template goes by phone only. */
  | 'notByUid'
  /** There is no such phone on Zalo. */
  | 'phone'
  /** Only a human of the office can mend it: `mend` of the code says how. */
  | 'operator'
  /** Zalo will never do this. */
  | 'refused'
  /** Nothing was done; another time it may be. */
  | 'later'
  /** It may have been done. */
  | 'unknown';

const OA: Readonly<Record<number, Meaning>> = {
  [-32]: 'tooFast',
  [-216]: 'token',
  [-220]: 'token',
  [-230]: 'window',
  [-232]: 'window',
  [-213]: 'unreachable',
  [-227]: 'unreachable',
  [-244]: 'unreachable',
  [-211]: 'quota',
  [-218]: 'quota',
  [-234]: 'night',
  [-100]: 'attachment',
  [-249]: 'notByUid',
  [-201]: 'refused',
  [-210]: 'refused',
  [-240]: 'refused',
  [-209]: 'operator',
  [-212]: 'operator',
  [-221]: 'operator',
  [-223]: 'operator',
  [-224]: 'operator',
  [-242]: 'operator',
  [-320]: 'operator',
  [-321]: 'operator',
};

/** Templates by phone. */
const ZBS: Readonly<Record<number, Meaning>> = {
  [-32]: 'tooFast',
  [-124]: 'token',
  [-133]: 'night',
  [-144]: 'quota',
  [-108]: 'phone',
  [-115]: 'operator',
};

/** How an operator mends it; by the code, since that is what stands in Zalo's own pages. */
const MEND: Readonly<Record<string, string>> = {
  'oa -209': 'the app is not active: activate it in developers.zalo.me',
  'oa -212': 'the app may not use this API: ask for its right in developers.zalo.me',
  'oa -221': 'the account is not verified: verify it in oa.zalo.me',
  'oa -223': 'the account did not consent to the app: connect it again at /desk#/zalo',
  'oa -224': "the account's service package does not include this: upgrade it in oa.zalo.me",
  'oa -242': 'the proof of the app secret is wrong: check ZALO_OA_APP_SECRET',
  'oa -320': 'the app has no billing account: link one in account.zalo.cloud',
  'oa -321': 'the billing account is empty: top it up in account.zalo.cloud',
  'zbs -115': 'the billing account is empty: top it up in account.zalo.cloud',
};

/** What an error means. Codes that are not in the tables count as `later`: nothing gets lost by one. */
export function meaningOf(error: unknown): Meaning {
  if (error instanceof OaError) {
    return (error.table === 'oa' ? OA : ZBS)[error.code] ?? 'later';
  }
  if (error instanceof NoAnswerError) return error.sent ? 'unknown' : 'later';
  if (error instanceof NotConnectedError) return 'operator';
  return 'unknown';
}

/** For logs and dead letters: no token, no address, no text of a person. */
export function whyOf(error: unknown): string {
  const ours =
    error instanceof OaError ||
    error instanceof NoAnswerError ||
    error instanceof NotConnectedError;
  return ours ? error.message : error instanceof Error ? error.name : 'error';
}

/** How the operator mends it, or null where there is nothing to mend. */
export function mendOf(error: unknown): string | null {
  if (error instanceof NotConnectedError) return error.message;
  if (!(error instanceof OaError)) return null;
  return MEND[`${error.table} ${error.code}`] ?? null;
}

/** Not before this something is tried again that Zalo put off; null = as the worker likes. */
export function putOffUntil(meaning: Meaning, now: number, operatorMs: number): number | null {
  if (meaning === 'night') return nightEnds(now);
  if (meaning === 'quota' || meaning === 'operator') return now + operatorMs;
  return null;
}
