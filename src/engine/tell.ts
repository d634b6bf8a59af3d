import type { Perform } from './perform.ts';

/**
 * Tells another conversation of a change to the account, as an event there: its commit ends the
 * effect, so that it is told once.
 */
export function createTell(now: () => number): Perform<'tell'> {
  return async ({ effectId, effect }) => {
    const { to, what, other } = effect;
    const base = { eventId: `tell:${effectId}`, at: now(), ...to };
    return { result: { ...base, type: 'accountLinked', what, other } };
  };
}
