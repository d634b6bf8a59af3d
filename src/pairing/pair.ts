import type { Perform } from '../engine/perform.ts';
import type { Store } from '../store/contract.ts';
import { hashOf, makeCode } from './codes.ts';

/** Long enough to install Node, short enough to be of no use to whoever finds the code later. */
const CODE_LIVES_MS = 15 * 60_000;
/** A code that is known already is next to impossible; so many in a row mean something else. */
const MOST_TRIES = 5;

export interface PairOptions {
  store: Pick<Store, 'offerPairing'>;
  /** The page that hands the scanner out, or null where there is none. */
  page: () => string | null;
  now: () => number;
  /** Makes codes; drawn by chance by default. */
  code?: () => string;
}

/** Makes a code for a form. Safe to repeat: the newest code is told, and ends those before it. */
export function createPair({ store, page, now, code = makeCode }: PairOptions): Perform<'pair'> {
  return async ({ effectId, effect, conversationId, channel, chatId }) => {
    const { pairId, formId } = effect;
    const at = now();
    const expiresAt = at + CODE_LIVES_MS;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const made = code();
      const codeHash = hashOf(made);
      if (codeHash === null) throw new TypeError('A code was made that nobody could use.');
      const offered = { codeHash, conversationId, formId, expiresAt };
      if (!(await store.offerPairing(offered, at))) continue;
      const base = { eventId: `pair:${effectId}`, at, channel, chatId };
      return {
        result: {
          ...base,
          type: 'pairingOffered',
          pairId,
          formId,
          code: made,
          expiresAt,
          page: page(),
        },
      };
    }
    throw new Error('No free pairing code was found.');
  };
}
