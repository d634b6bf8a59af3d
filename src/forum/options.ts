import type { Logger } from 'pino';
import type { TelegramOptions } from '../channels/telegram/options.ts';
import type { Acts } from '../desk/acts.ts';
import type { DecideCase } from '../desk/decisions.ts';
import type { GroupPeople } from '../desk/group-people.ts';
import type { Language } from '../dialogue/event.ts';
import type { Masker } from '../engine/mask.ts';
import type { Store } from '../store/contract.ts';

/** Milliseconds; tests shorten them. */
export interface ForumPauses {
  /** What comes within so long of a conversation's first news is told in one message. */
  gather: number;
  /** A reply that is still on its way holds what stands behind it up for so long. */
  settle: number;
  /** Between looks at what another process may have kept. */
  idle: number;
  /** Between searches for conversations of whose news nobody was told. */
  search: number;
  /** After trouble with Telegram or the store; doubling up to `longest`. */
  firstRetry: number;
  longest: number;
  /** A masked photo that takes longer is not waited for. */
  mask: number;
  /** A call that takes longer counts as gone astray. */
  call: number;
  /** So long a call that is under way at a stop is waited for. */
  farewell: number;
}

export const FORUM_PAUSES: ForumPauses = {
  gather: 700,
  settle: 5_000,
  idle: 1_000,
  search: 30_000,
  firstRetry: 1_000,
  longest: 60_000,
  mask: 60_000,
  call: 20_000,
  farewell: 2_000,
};

export type ForumStore = Pick<
  Store,
  | 'takeLease'
  | 'giveBackLease'
  | 'document'
  | 'putDocument'
  | 'keepForumUpdate'
  | 'forumUpdates'
  | 'putOffForumUpdate'
  | 'endForumUpdate'
  | 'forumTopic'
  | 'forumTopicByThread'
  | 'putForumTopic'
  | 'clearForumTopic'
  | 'forumBehind'
  | 'conversationById'
  | 'inbox'
  | 'transcript'
  | 'casesOf'
  | 'caseById'
>;

/** What the agents' Telegram group needs of the other rooms. */
export interface ForumOptions extends Pick<TelegramOptions, 'token' | 'apiRoot'> {
  /** The group, by Telegram's number. */
  group: number;
  /** In which the group is spoken to. */
  language: Language;
  store: ForumStore;
  /** Tells which conversation has news. */
  live: { subscribe(listener: (conversationId: string) => void): () => void };
  acts: Pick<Acts, 'takeOver' | 'handBack' | 'say' | 'showPhoto' | 'sendFile'>;
  decideCase: DecideCase;
  people: Pick<GroupPeople, 'link' | 'agentOf'>;
  masker: Pick<Masker, 'masked'>;
  /** PUBLIC_URL, or null: then nothing links to the desk. */
  publicUrl: string | null;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  now?: () => number;
  pauses?: Partial<ForumPauses>;
}
