import type { OutboxEffect } from '../../dialogue/effect.ts';
import type { Event } from '../../dialogue/event.ts';
import type { Rendered } from '../../words/words.ts';

export interface DueEffect {
  effectId: number;
  conversationId: string;
  channel: Event['channel'];
  chatId: string;
  /**
   * Effects of one lane are delivered in order; null = no order. Replies and pushes of a
   * conversation have a lane each, so that news may overtake a reply that waits for a retry. Its
   * cases have one, too.
   */
  lane: string | null;
  dueAt: number;
  expiresAt: number | null;
  attempts: number;
  repeat: 'safe' | 'harmful';
  /** Set before the call of a harmful effect; if still set at a start, it is ambiguous. */
  attemptedAt: number | null;
  /** Owner epoch under which a reply was made. */
  epoch: number;
  /** The transcript line of a `send`, and what it shows. */
  lineId: number | null;
  shown: Rendered | null;
  effect: OutboxEffect;
}

/** An effect that failed for good, or may have gone out. Of what it holds, only the case it is about. */
export interface DeadLetter {
  effectId: number;
  kind: OutboxEffect['kind'];
  state: 'dead' | 'ambiguous';
  why: string | null;
  attempts: number;
  createdAt: number;
  conversationId: string;
  channel: Event['channel'];
  caseId: string | null;
}

/** Effects and timers, until they are performed. */
export interface OutboxStore {
  /**
   * Effects that are due, oldest first. Of a lane, none that stands behind one not yet due.
   * Expired ones are among them: the worker says so of each. They are this process' from then on,
   * as are those that it committed, until it settles them or dies: no other is given them, and what
   * another has taken over meanwhile, a late settlement does not touch.
   */
  dueEffects(now: number, limit: number): Promise<DueEffect[]>;
  /** When the next effect or timer is due, or null. */
  nextDue(): Promise<number | null>;
  markAttempted(effectId: number, at: number): Promise<void>;
  /** Whether the effect is still this process' to perform; one that stood still finds out by this. */
  holdsEffect(effectId: number): Promise<boolean>;
  dueTimers(
    now: number,
    limit: number,
  ): Promise<
    {
      timerId: number;
      conversationId: string;
      channel: Event['channel'];
      chatId: string;
      timer: string;
      dueAt: number;
    }[]
  >;
  ownerEpoch(conversationId: string): Promise<number>;
  /** Newest first. */
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /**
   * Makes a dead letter due again; a message lives as long as news from then on.
   * @returns false when it is none, or none any more
   */
  reviveEffect(effectId: number, now: number): Promise<boolean>;
}
