/** What somebody does this moment. */
export type Hint =
  /** An agent writes in the conversation. */
  | { kind: 'writing'; conversationId: string; agentId: string; name: string }
  /** Its person writes; or a page of theirs is open, or the last one was closed. */
  | { kind: 'typing' | 'open' | 'shut'; conversationId: string };

/** What processes over one store agree on and tell each other. */
export interface ProcessStore {
  /**
   * Whether this process is the one that may do `name` now. It stays that one until it gives the
   * lease back or is taken for dead; asked again, it hears whether it still is. One that stood still
   * may believe a moment longer that it is: what is done under a lease has to bear two at once.
   */
  takeLease(name: string): Promise<boolean>;
  giveBackLease(name: string): Promise<void>;
  /**
   * True for the first that takes this tick of a task, by the tick's own time, and for none that
   * comes with it or with an older one afterwards. If it dies over its work, the tick is lost.
   */
  takeTick(name: string, at: number): Promise<boolean>;
  /** Tells them, soon, that this conversation has news. */
  tellNews(conversationId: string): Promise<void>;
  /** Hears what they tell. The result ends it. */
  hearNews(listener: (conversationId: string) => void): Promise<() => void>;
  /** Tells them what happens this moment; kept nowhere, and lost where it cannot be told at once. */
  tellHint(hint: Hint): Promise<void>;
  /** Hears their hints. The result ends it. */
  hearHints(listener: (hint: Hint) => void): Promise<() => void>;
  /** A small text by name, such as the office book; null when there is none. */
  document(name: string): Promise<string | null>;
  putDocument(name: string, text: string, sealed: boolean): Promise<void>;
  /** Puts it unless there is one, and answers the one that is there then. */
  offerDocument(name: string, text: string, sealed: boolean): Promise<string>;
  /** Replaces it only while it says `before`; answers whether it did. Of several, one succeeds. */
  swapDocument(name: string, before: string, text: string, sealed: boolean): Promise<boolean>;
  dropDocument(name: string): Promise<void>;
}
