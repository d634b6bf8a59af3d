import type { Logger } from 'pino';
import type { Event } from '../../dialogue/event.ts';
import type { Store } from '../../store/contract.ts';
import type { Update } from './update.ts';

/** Milliseconds; tests shorten them. */
export interface Pauses {
  /** How long Telegram may hold a poll that has nothing to tell. */
  poll: number;
  /** Between polls that were answered at once with nothing. */
  emptyPoll: number;
  /** After the first failure; doubling up to `longest`. */
  firstRetry: number;
  longest: number;
  /** After what only the operator can mend: a wrong token, another program that polls. */
  operator: number;
  /** A call that takes longer counts as gone astray. */
  call: number;
}

/** The agents' own group: what comes from there is no installer's. */
export interface GroupDoor {
  owns(chatId: number): Promise<boolean>;
  /**
   * Resolves once the update is kept. Nothing is asked of Telegram meanwhile.
   * @param updateId its id, which no other bot's update has
   * @throws when nothing was kept: the update has to come again
   */
  keep(updateId: string, update: Update): Promise<void>;
}

/** What the Telegram channel needs of the other rooms. */
export interface TelegramOptions {
  /** From @BotFather. */
  token: string;
  /** Null = https://api.telegram.org. */
  apiRoot: string | null;
  /** Where Telegram delivers to, and the secret it sends along; null = the channel asks for updates. */
  webhook: { url: string; secret: string } | null;
  store: Pick<
    Store,
    | 'conversationByChat'
    | 'keepShownMessage'
    | 'shownMessage'
    | 'getBlob'
    | 'keepPersonName'
    | 'takeLease'
    | 'giveBackLease'
  >;
  /** Resolves once the event's turn is committed; rejects when nothing was kept. */
  intake: { accept(event: Event): Promise<unknown> };
  /** Null (or absent) where agents have no group. */
  agentsGroup?: GroupDoor | null;
  log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  now?: () => number;
  pauses?: Partial<Pauses>;
}

export const PAUSES: Pauses = {
  poll: 30_000,
  emptyPoll: 500,
  firstRetry: 1_000,
  longest: 60_000,
  operator: 30_000,
  call: 20_000,
};
