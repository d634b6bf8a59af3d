import type { Logger } from 'pino';
import type { Event } from '../dialogue/event.ts';
import type { Decide, DueEffect, Settlement, Store, TurnOutcome } from '../store/contract.ts';
import { NotKeptError } from './errors.ts';

/** Events that share a transaction at most. */
const MOST_IN_A_BATCH = 256;
/** Longest that a finished effect waits for a commit to ride on. */
const SETTLE_WITHIN_MS = 50;
/** Events that run one by one after an unclean stop: the one that caused it is among the first. */
const CAREFUL_EVENTS = 64;
/** An event that was begun so often without an end is what stops the process. */
const MOST_TRIES = 3;

/** Counts what commits did. */
export interface CommitCounts {
  committed(commit: { done: number; duplicates: number; seconds: number }): void;
  failed(): void;
}

export interface IntakeOptions {
  store: Pick<Store, 'commit' | 'countAttempt'>;
  decide: Decide;
  /** Decides for an event that must not be looked at again. */
  refuse: (why: string) => Decide;
  log: Pick<Logger, 'error' | 'info'>;
  /** Takes the effects of a commit. */
  onEffects: (effects: DueEffect[]) => void;
  /** This conversation has news. */
  onNews: (conversationId: string) => void;
  /** True after an unclean stop. */
  careful: boolean;
  /** Told of every commit of turns. */
  counts?: CommitCounts | undefined;
}

interface Waiting {
  event: Event;
  settlement: Settlement | null;
  /** Whose effect is settled. */
  whose: string | null;
  settle: { resolve: (outcome: TurnOutcome) => void; reject: (error: Error) => void };
}

interface Settling {
  settlement: Settlement;
  conversationId: string;
  resolve: () => void;
}

/**
 * Takes events in and commits their turns in groups: what arrives while a commit runs shares the
 * next one. Events of one conversation keep their order because there is one line for all.
 *
 * Invariants: at most one commit is under way; `accept` resolves only after the commit that holds
 * its turn; finished effects ride on the next commit, and stay in line when that commit fails.
 */
export class Intake {
  readonly #options: IntakeOptions;
  #events: Waiting[] = [];
  #settling: Settling[] = [];
  #careful: number;
  #flushing: Promise<void> | null = null;
  #armed = false;
  #timer: NodeJS.Timeout | null = null;
  #healthy = true;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#careful = options.careful ? CAREFUL_EVENTS : 0;
  }

  /** False while the store keeps nothing. */
  get healthy(): boolean {
    return this.#healthy;
  }

  /**
   * Resolves once the event's turn is committed.
   * @param settlement of the effect whose result this event is: both are committed, or neither
   * @param whose the conversation of that effect, which has news with it
   * @throws NotKeptError nothing was kept
   */
  accept(
    event: Event,
    settlement: Settlement | null = null,
    whose: string | null = null,
  ): Promise<TurnOutcome> {
    return new Promise((resolve, reject) => {
      this.#events.push({ event, settlement, whose, settle: { resolve, reject } });
      this.#arm();
    });
  }

  /** Resolves once it is written down that an effect ended so. Never rejects. */
  settle(settlement: Settlement, conversationId: string): Promise<void> {
    return new Promise((resolve) => {
      this.#settling.push({ settlement, conversationId, resolve });
      if (this.#settling.length >= MOST_IN_A_BATCH) this.#arm();
      else this.#timer ??= setTimeout(() => this.#arm(), SETTLE_WITHIN_MS);
    });
  }

  /** The store failed at something else: taken to keep nothing until a commit shows otherwise. */
  doubt(cause: unknown): void {
    if (this.#healthy) this.#options.log.error({ err: cause }, 'the store does not answer');
    this.#healthy = false;
  }

  /** Tries whether the store keeps things again. */
  async probe(): Promise<void> {
    if (!this.#healthy) await this.#flush();
  }

  /** Commits what is in line; with a failing store, what can be tried once. */
  async drain(): Promise<void> {
    do await this.#flush();
    while (this.#healthy && this.#events.length + this.#settling.length > 0);
    if (this.#timer) clearTimeout(this.#timer);
  }

  #arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    // All that the platform hands over in this turn of the event loop shares the commit.
    setImmediate(() => {
      this.#armed = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    while (this.#flushing) await this.#flushing;
    this.#flushing = this.#commitNext();
    await this.#flushing;
    this.#flushing = null;
    if (this.#events.length > 0) this.#arm();
  }

  async #commitNext(): Promise<void> {
    const events = this.#events.splice(0, this.#careful > 0 ? 1 : MOST_IN_A_BATCH);
    const settling = this.#settling.splice(0);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (events.length === 0 && settling.length === 0 && this.#healthy) return;
    const { counts } = this.#options;
    const begun = performance.now();
    let outcomes: TurnOutcome[];
    try {
      outcomes = await this.#commit(events, settling);
    } catch (cause) {
      counts?.failed();
      this.#fail(events, settling, cause);
      return;
    }
    if (!this.#healthy) this.#options.log.info('the store keeps what comes in again');
    this.#healthy = true;
    const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
    const seconds = (performance.now() - begun) / 1000;
    if (events.length > 0) counts?.committed({ done, duplicates: outcomes.length - done, seconds });
    this.#announce(events, settling, outcomes);
  }

  async #commit(events: Waiting[], settling: Settling[]): Promise<TurnOutcome[]> {
    const { store } = this.#options;
    const settlements = [
      ...settling.map((one) => one.settlement),
      ...events.flatMap(({ settlement }) => (settlement ? [settlement] : [])),
    ];
    const decide = await this.#chooseDecide(events);
    return store.commit(
      events.map(({ event }) => event),
      decide,
      settlements,
    );
  }

  /** After an unclean stop, an event that was begun too often is set aside unseen. */
  async #chooseDecide(events: Waiting[]): Promise<Decide> {
    const { store, decide, refuse } = this.#options;
    const [first] = events;
    if (this.#careful === 0 || !first) return decide;
    this.#careful -= 1;
    const tries = await store.countAttempt(first.event);
    return tries > MOST_TRIES ? refuse(`stopped the process ${tries - 1} times`) : decide;
  }

  #fail(events: Waiting[], settling: Settling[], cause: unknown): void {
    if (this.#healthy) this.#options.log.error({ err: cause }, 'the store keeps nothing');
    this.#healthy = false;
    this.#settling.unshift(...settling);
    for (const { settle } of events) settle.reject(new NotKeptError('storeFailed', { cause }));
  }

  #announce(events: Waiting[], settling: Settling[], outcomes: TurnOutcome[]): void {
    const { onEffects, onNews } = this.#options;
    const news = new Set(settling.map(({ conversationId }) => conversationId));
    for (const { resolve } of settling) resolve();
    for (const { whose } of events) if (whose !== null) news.add(whose);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.outcome === 'done') news.add(outcome.conversationId);
      if (outcome.effects.length > 0) onEffects(outcome.effects);
      events[index]?.settle.resolve(outcome);
    }
    for (const conversationId of news) onNews(conversationId);
  }
}
