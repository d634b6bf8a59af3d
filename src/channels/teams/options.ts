import type { Logger } from 'pino';
import type { Event } from '../../dialogue/event.ts';
import type { Store } from '../../store/contract.ts';
import type { FileLinks } from '../file-link/links.ts';

/** Milliseconds; tests shorten them. */
export interface Pauses {
  /** A call to Teams, or to the identity provider, that takes longer counts as gone astray. */
  call: number;
  /** A file that takes longer is tried again. */
  download: number;
  /** How long Teams is kept waiting for an answer; after 15 s it delivers again. */
  webhook: number;
}

/** How the bot signs in at Microsoft, and who may reach it. */
export interface TeamsIdentity {
  /** Empty in local mode only: nobody is checked then, and no token is asked for. */
  appId: string;
  /** A client secret for a single tenant, or the managed identity of the machine. */
  signIn: { as: 'singleTenant'; password: string; tenantId: string } | { as: 'managedIdentity' };
  /** Stands for the addresses of Microsoft's identity provider; null = these. */
  identityRoot: string | null;
  /** Names, or suffixes that begin with a dot, of the hosts that may serve the bot. */
  serviceHosts: readonly string[];
  /** The same for the hosts that files come from. */
  fileHosts: readonly string[];
}

/** What the Teams channel needs of the other rooms. */
export interface TeamsOptions extends TeamsIdentity {
  store: Pick<
    Store,
    | 'address'
    | 'keepAddress'
    | 'fileLink'
    | 'keepFileLink'
    | 'conversationByChat'
    | 'transcript'
    | 'keepShownMessage'
    | 'shownMessage'
    | 'caseById'
    | 'caseSteps'
    | 'getBlob'
    | 'keepPersonName'
  >;
  /** Links to agents' files, for what the platform does not carry. */
  fileLinks: Pick<FileLinks, 'make' | 'possible'>;
  /** Resolves once the event's turn is committed; rejects when nothing was kept. */
  intake: { accept(event: Event): Promise<unknown> };
  log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  now?: () => number;
  pauses?: Partial<Pauses>;
}

export const PAUSES: Pauses = { call: 10_000, download: 30_000, webhook: 10_000 };
