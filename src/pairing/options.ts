import type { Event } from '../dialogue/event.ts';
import type { Store, TurnOutcome } from '../store/contract.ts';

/** What the scanner's side of the server needs of the other rooms. */
export interface PairingOptions {
  store: Pick<Store, 'claimPairing'>;
  /** Resolves once the event's turn is committed; rejects when nothing was kept. */
  accept: (event: Event) => Promise<Pick<TurnOutcome, 'outcome'>>;
  /** PUBLIC_URL, or null. */
  publicUrl: string | null;
  now?: () => number;
  /** Lists a minute from one address; an office behind one router shares it. */
  perMinute?: number;
  /** The scanner as it was built; dist/lan/unbind-lan.mjs by default. */
  program?: string;
}
