import type { Logger } from 'pino';
import type { Event } from '../../../dialogue/event.ts';
import type { Store } from '../../../store/contract.ts';
import type { FileLinks } from '../../file-link/links.ts';
import type { UploadLinks } from '../../upload-link/links.ts';

/** Milliseconds; tests shorten them. */
export interface Pauses {
  /** How long Zalo may hold a poll that has nothing to tell. */
  poll: number;
  /** Between polls that were answered at once with nothing. */
  emptyPoll: number;
  /** Polls that bring nothing for so long may be dead: it is looked whether a webhook is set. */
  silence: number;
  /** After the first failure; doubling up to `longest`. */
  firstRetry: number;
  longest: number;
  /** After what only the operator can mend. */
  operator: number;
  /** A call that takes longer counts as gone astray. */
  call: number;
  /** For downloading a photo. */
  download: number;
}

/** What the Zalo bot channel needs of the other rooms. */
export interface ZaloBotOptions {
  /** From Zalo Bot Manager; does not expire until it is reset there. */
  token: string;
  /** Null = https://bot-api.zaloplatforms.com. Photos from a named root may lie in a private network. */
  apiRoot: string | null;
  /** Where Zalo delivers to, and the secret it sends along; null = the channel asks, which may lose messages. */
  webhook: { url: string; secret: string } | null;
  /** PUBLIC_URL, or null: then there are neither drawings nor links for files. */
  publicUrl: string | null;
  uploadLinks: Pick<UploadLinks, 'make'>;
  store: Pick<Store, 'conversationByChat' | 'offeredChoices' | 'keepPersonName'>;
  /** Links to agents' files, for what the platform does not carry. */
  fileLinks: Pick<FileLinks, 'make' | 'possible'>;
  /** Resolves once the event's turn is committed; rejects when nothing was kept. */
  intake: { accept(event: Event): Promise<unknown> };
  log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  now?: () => number;
  pauses?: Partial<Pauses>;
}

export const PAUSES: Pauses = {
  poll: 30_000,
  emptyPoll: 500,
  silence: 5 * 60_000,
  firstRetry: 1_000,
  longest: 60_000,
  operator: 30_000,
  call: 20_000,
  download: 20_000,
};
