/** An update of that group, as Telegram told it, which waits to be dealt with. */
export interface ForumUpdateRow {
  updateId: string;
  /** JSON of the update. */
  text: string;
  at: number;
  dueAt: number;
  attempts: number;
}

/** A conversation's topic in the agents' Telegram group. */
export interface ForumTopicRow {
  conversationId: string;
  /** Null before there is one, and after it was deleted there. */
  threadId: number | null;
  /** Up to which line of the conversation the topic has been told. */
  lineId: number;
  /** Something beside the lines is still to be shown there. */
  unfinished: boolean;
  /** JSON; src/forum/topic-state.ts says what it holds. */
  state: string;
  /** The person's data was deleted here: the topic has to go, too. */
  doomed: boolean;
}

/** The agents' Telegram group. */
export interface ForumStore {
  /** Keeps an update, sealed, once by its id: a second delivery of it changes nothing. */
  keepForumUpdate(update: Pick<ForumUpdateRow, 'updateId' | 'text' | 'at'>): Promise<void>;
  /** Those that wait, in the order in which they came, also when they are not due yet. */
  forumUpdates(limit: number): Promise<ForumUpdateRow[]>;
  /** It did not work; it is due again at `dueAt`. */
  putOffForumUpdate(updateId: string, dueAt: number): Promise<void>;
  endForumUpdate(updateId: string, at: number): Promise<void>;
  forumTopic(conversationId: string): Promise<ForumTopicRow | null>;
  forumTopicByThread(threadId: number): Promise<ForumTopicRow | null>;
  /** Writes everything but whether it is doomed, which an erasure says. */
  putForumTopic(topic: Omit<ForumTopicRow, 'doomed'>): Promise<void>;
  /** The topic is gone: of its row only stays how far it was told. */
  clearForumTopic(conversationId: string): Promise<void>;
  /**
   * Of those that changed at or after `since`, conversations with lines of which their topic has not
   * been told, oldest change first; and those whose topic is unfinished or doomed, whenever they changed.
   */
  forumBehind(since: number, limit: number): Promise<{ behind: string[]; unfinished: string[] }>;
}
