import type { Delivery } from './contract.ts';

/** What kept a call to a platform from doing what it should. */
export interface CallTrouble {
  kind:
    | 'tooFast'
    | 'unreachable'
    /** The platform does not let this bot in: operators are told. */
    | 'token'
    | 'signIn'
    | 'conflict'
    /** The platform will never do this. */
    | 'refused'
    /** Nothing was done; another time it may be. */
    | 'later'
    /** It may have been done. */
    | 'unknown';
  why: string;
  /** Milliseconds that the platform asks to wait. */
  waitMs: number | null;
}

/** How a delivery that met this trouble ended. */
export function deliveryOf({ kind, why, waitMs }: CallTrouble, now: number): Delivery {
  switch (kind) {
    case 'unreachable':
      return { as: 'unreachable', why };
    case 'refused':
      return { as: 'permanent', why };
    case 'unknown':
      return { as: 'ambiguous', why };
    default:
      return waitMs === null
        ? { as: 'transient', why }
        : { as: 'transient', why, at: now + waitMs };
  }
}
