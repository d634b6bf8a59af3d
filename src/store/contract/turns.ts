import type { Context } from '../../dialogue/context.ts';
import type { Conversation } from '../../dialogue/conversation.ts';
import type { Event } from '../../dialogue/event.ts';
import type { Owner } from '../../dialogue/owner.ts';
import type { TurnResult } from '../../dialogue/turn.ts';
import type { Rendered } from '../../words/words.ts';
import type { DueEffect } from './outbox.ts';

/** Rows of the account's context that the store reads in the turn's transaction. */
export interface Loaded {
  conversation: Conversation | null;
  /** Why the stored conversation cannot be read, and so is missing here; null when it can. */
  damaged: string | null;
  /** The id the conversation has or, when there is none yet, will have. */
  conversationId: string;
  account: Context['account'];
  cases: Context['cases'];
  secrets: Context['secrets'];
  link: Context['link'];
}

/** What a decided turn asks the store to write, rendered texts included. */
export interface Decided extends TurnResult {
  heardShown: Rendered | null;
  /** One per `send` effect, in order. */
  sendsShown: Rendered[];
  /** Why the turn threw: the event is kept, encrypted, in the same transaction. Null when it did not. */
  setAside: string | null;
}

/** Runs one turn. Must not throw: a turn that throws is caught and answered by the engine. */
export type Decide = (event: Event, loaded: Loaded) => Decided;

/** How a finished attempt at an outbox effect is written down, with the next commit. */
export type Settlement =
  | { effectId: number; as: 'done' | 'cancelled' | 'expired' }
  | { effectId: number; as: 'dead' | 'ambiguous'; why: string }
  /** News that another conversation of the account tells: its line says so. */
  | { effectId: number; as: 'passedOn'; toldIn: string }
  /**
   * The address takes nothing until something comes from it. The effect is dead, and so are the
   * other sends that wait for this conversation, except news, which may be told elsewhere: that
   * stays due, this effect included.
   */
  | { effectId: number; as: 'unreachable'; why: string }
  /** `deferred`: leaves its lane, so that what stands behind it goes on. */
  | { effectId: number; as: 'retry'; at: number; why: string; deferred?: boolean };

export interface TurnOutcome {
  eventId: string;
  conversationId: string;
  /** `duplicate`: this event id was seen before, nothing was done. */
  outcome: 'done' | 'duplicate';
  /** Who owns the conversation by this turn; null of a duplicate. */
  owner: Owner | null;
  /**
   * The outbox effects that this turn wrote, so that whoever committed can deliver them at once.
   * Without those that have to wait for another process or for a retry: `dueEffects` finds them.
   */
  effects: DueEffect[];
}

/** What a turn is committed with, and how it ends. */
export interface TurnStore {
  /**
   * Commits the turns of these events, in order, with `settlements`, in one transaction; where
   * several processes share a store, in one for each turn of a conversation, with the settlements
   * in the last. Rejects on SQL errors only. Then nothing of that transaction is written, and what
   * was before it is a duplicate when it is delivered again.
   */
  commit(
    events: readonly Event[],
    decide: Decide,
    settlements: readonly Settlement[],
  ): Promise<TurnOutcome[]>;
  /** Events of turns that threw, newest first, for operators: what and why, never the content. */
  setAsideEvents(
    limit: number,
  ): Promise<{ eventId: string; type: Event['type']; at: number; why: string }[]>;
  /** For the first events after an unclean start: how often this event was begun, this time included. */
  countAttempt(event: Event): Promise<number>;
}
