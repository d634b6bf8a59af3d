import type { Conversation } from '../../dialogue/conversation.ts';
import type { ChannelName, Event, Language } from '../../dialogue/event.ts';
import type { Reply } from '../../dialogue/reply.ts';
import type { Rendered } from '../../words/words.ts';

/** A line of a conversation as it was shown. `id` rises within the whole store; live views resume from it. */
export interface TranscriptLine {
  id: number;
  conversationId: string;
  at: number;
  author: 'installer' | 'bot' | 'agent';
  agentName: string | null;
  language: Language;
  /** The text that was shown, with its choices, pictures and step as rendered then. */
  shown: Rendered;
  /** The reply behind it (key and parameters), for lines of the bot. */
  reply: Reply | null;
  blobIds: string[];
  secretRef: string | null;
  /** An outgoing line's delivery. Incoming lines are `sent`. */
  delivery: 'due' | 'sent' | 'failed' | 'cancelled' | 'expired';
  /** Which way its channel chose for it, and why, where a channel has several. */
  way?: DeliveryWay;
  /** The conversation of the same account that was told instead. */
  toldIn: { conversationId: string; channel: ChannelName } | null;
}

/** Words that the agents' page translates: `ways` and `waysWhy` in locales/<language>/desk.json. */
export interface DeliveryWay {
  way: string;
  why: string;
}

export interface ConversationRow {
  conversationId: string;
  channel: Event['channel'];
  chatId: string;
  accountId: string;
  /**
   * What the platform calls the person; else what one calls them in another chat of the account,
   * else the company that was verified. Null where nobody said.
   */
  accountName: string | null;
  accountVerified: boolean;
  language: Language;
  owner: Conversation['owner'];
  updatedAt: number;
  lastText: string | null;
}

/** Conversations as they are read. */
export interface ConversationStore {
  transcript(conversationId: string, after: number, limit: number): Promise<TranscriptLine[]>;
  conversationById(conversationId: string): Promise<ConversationRow | null>;
  conversationByChat(channel: Event['channel'], chatId: string): Promise<ConversationRow | null>;
  conversationsForDesk(limit: number): Promise<ConversationRow[]>;
  /** When the person last said or sent something; null when they never did. */
  lastHeard(conversationId: string): Promise<number | null>;
  /** Keeps which way a line went, or waits to go; a later one takes its place. */
  keepWay(lineId: number, way: DeliveryWay): Promise<void>;
  /** Everything a conversation remembers; null when there is none. */
  remembered(conversationId: string): Promise<Conversation | null>;
  /** Tokens that a typed number picks now: the first is what "1" means. */
  offeredChoices(conversationId: string): Promise<string[]>;
}
