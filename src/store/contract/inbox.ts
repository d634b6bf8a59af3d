import type { Conversation } from '../../dialogue/conversation.ts';
import type { ConversationRow } from './conversations.ts';

/** A conversation as an agent's inbox lists it. */
export interface InboxRow extends ConversationRow {
  waiting: Conversation['waiting'];
  /** The installer's messages that this agent has not seen; 0 where the bot answers alone. */
  unread: number;
  /** The newest line, and so what a look at the conversation has seen. */
  lastLine: number;
  /** Of its open cases: how many, and the soonest promise. */
  openCases: number;
  answerBy: number | null;
}

/** Words of agents among themselves, beside a conversation; no installer sees them. */
export interface NoteRow {
  noteId: string;
  conversationId: string;
  at: number;
  agentId: string;
  text: string;
}

/** The agents' inbox. */
export interface InboxStore {
  /**
   * Conversations as this agent sees them: those named, or the open or the closed ones. Open is what
   * a human is asked for or has, what has an open case, and what was active since `since`. Those
   * with a human come first, then the newest.
   */
  inbox(
    agentId: string,
    which: { show: 'open' | 'closed'; since: number; limit: number } | { ids: readonly string[] },
  ): Promise<InboxRow[]>;
  /** This agent has seen the conversation up to this line. */
  markSeen(agentId: string, conversationId: string, lineId: number): Promise<void>;
  /** Conversations with a case whose serial or number contains this, newest first. */
  conversationsWithCase(part: string, limit: number): Promise<string[]>;
  /** Lines with their texts, from the newest below `before` (0 = all) downwards. */
  newestLines(
    before: number,
    limit: number,
  ): Promise<{ id: number; conversationId: string; at: number; text: string }[]>;
  /**
   * Conversations whose `accountName` is known, from the newest below `before` (0 = all) downwards.
   * `place`: what the next page begins below.
   */
  namedConversations(
    before: number,
    limit: number,
  ): Promise<{ place: number; conversationId: string; name: string }[]>;
  /** Once by its `noteId`. */
  addNote(note: NoteRow): Promise<void>;
  /** Oldest first. */
  notes(conversationId: string): Promise<NoteRow[]>;
}
