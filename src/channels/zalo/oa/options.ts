import type { Logger } from 'pino';
import type { ZaloOaConfig } from '../../../config/zalo.ts';
import type { ChannelName, Event } from '../../../dialogue/event.ts';
import type { Store } from '../../../store/contract.ts';
import type { FileLinks } from '../../file-link/links.ts';

/** Milliseconds; tests shorten them. */
export interface Pauses {
  /** A call that takes longer counts as gone astray. */
  call: number;
  /** A commit that takes longer is not waited for: Zalo gives up after two seconds. */
  commit: number;
  /** How long a process may hold the lease of refreshing; longer than `call`. */
  lease: number;
  /** Between looks whether another process has refreshed. */
  lookAgain: number;
  /** Before a push that has no way now is looked at again. */
  noWay: number;
  /** Before something is tried again that an operator has to mend. */
  operator: number;
}

export const PAUSES: Pauses = {
  call: 20_000,
  commit: 1_800,
  lease: 60_000,
  lookAgain: 250,
  noWay: 15 * 60_000,
  operator: 10 * 60_000,
};

export type Clock = () => number;

/** What the Official Account's channel needs of the other rooms. */
export interface OaOptions {
  config: ZaloOaConfig;
  /** Where Zalo sends an admin back to after the consent; null = nobody can connect. */
  publicUrl: string | null;
  store: Pick<
    Store,
    | 'conversationByChat'
    | 'lastHeard'
    | 'keepWay'
    | 'markAttempted'
    | 'caseById'
    | 'getBlob'
    | 'keepPersonName'
    | 'erasePerson'
    | 'audit'
    | 'document'
    | 'putDocument'
    | 'swapDocument'
    | 'dropDocument'
  >;
  /** Links to agents' files, for what the platform does not carry. */
  fileLinks: Pick<FileLinks, 'make' | 'possible'>;
  /** Resolves once the event's turn is committed; rejects when nothing was kept. */
  intake: { accept(event: Event): Promise<unknown> };
  /** Channels of the same account that can be written to now. None by default. */
  otherChannels?: (conversationId: string) => Promise<readonly ChannelName[]>;
  log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  now?: Clock;
  pauses?: Partial<Pauses>;
}
