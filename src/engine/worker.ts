import type { Logger } from 'pino';
import type { OutboxEffect } from '../dialogue/effect.ts';
import type { DueEffect, Settlement, Store } from '../store/contract.ts';
import type { Intake } from './intake.ts';
import type { Performed, Performers } from './perform.ts';
import { nextTry } from './retry.ts';

type Work = Exclude<OutboxEffect['kind'], 'send'>;

/**
 * Under way at a time; the others wait in order. Readings take turns by person in the reader, which
 * refuses more than its queue holds: nearly all of that is used, so that the turns are fair, and
 * some of it left to photos that are being uploaded and drawn.
 */
export const AT_A_TIME: Readonly<Record<Work, number>> = {
  fetch: 8,
  read: 24,
  submit: 16,
  rate: 4,
};
/** Rows looked at in one sweep, beside those that are known already. */
const SWEEP = 500;

export interface WorkerOptions {
  store: Pick<Store, 'dueEffects' | 'markAttempted'>;
  intake: Pick<Intake, 'accept' | 'settle'>;
  performers: Performers;
  log: Pick<Logger, 'warn'>;
  now: () => number;
}

/**
 * Performs effects after their commit. Fresh ones are handed over by the committer at once;
 * `sweep` finds what is due again and what an earlier process left.
 *
 * Invariants: an effect is under way once at a time; of one conversation's sends, one at a time
 * and in order; an effect stays known until its end is committed, so that no sweep takes it twice.
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #known = new Set<number>();
  /** Sends by conversation, the one under way first. */
  readonly #sends = new Map<string, DueEffect[]>();
  /** Lanes with a failed send that waits in the store. */
  readonly #held = new Set<string>();
  /** What stood behind a failed send, by the id of that one. */
  readonly #dropped = new Map<number, DueEffect[]>();
  readonly #work: Readonly<Record<Work, { line: DueEffect[]; running: number }>> = {
    fetch: { line: [], running: 0 },
    read: { line: [], running: 0 },
    submit: { line: [], running: 0 },
    rate: { line: [], running: 0 },
  };
  readonly #underWay = new Set<Promise<void>>();
  #stopping = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Effects that wait here or are under way. */
  get length(): number {
    return this.#known.size;
  }

  /** Photos that wait here for their turn in the reader. */
  get readingsInLine(): number {
    return this.#work.read.line.length;
  }

  /** Takes what a commit wrote. What would overtake a failed send of its lane is left to the sweep. */
  take(effects: readonly DueEffect[]): void {
    for (const due of effects) {
      if (due.lane === null || !this.#held.has(due.lane)) this.#take(due);
    }
  }

  /** Takes what is due by the store, which knows the order within a lane. */
  async sweep(): Promise<void> {
    if (this.#stopping) return;
    const { store, now } = this.#options;
    for (const due of await store.dueEffects(now(), SWEEP + this.#known.size)) {
      if (due.lane !== null && !this.#known.has(due.effectId)) this.#held.delete(due.lane);
      this.#take(due);
    }
  }

  #take(due: DueEffect): void {
    if (this.#stopping || this.#known.has(due.effectId)) return;
    this.#known.add(due.effectId);
    if (due.effect.kind === 'send') this.#line(due);
    else {
      this.#work[due.effect.kind].line.push(due);
      this.#admit(due.effect.kind);
    }
  }

  /** Begins nothing more and waits for what is under way; the rest is in the store. */
  async stop(): Promise<void> {
    this.#stopping = true;
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  // Pushes and replies of a conversation share a line, so that they appear as they were made; their
  // lanes differ only in what a failed one holds up.

  #line(due: DueEffect): void {
    const line = this.#sends.get(due.conversationId);
    if (line) line.push(due);
    else {
      const begun = [due];
      this.#sends.set(due.conversationId, begun);
      this.#track(this.#follow(due.conversationId, begun));
    }
  }

  async #follow(conversationId: string, line: DueEffect[]): Promise<void> {
    for (let due = line[0]; due && !this.#stopping; due = line[0]) {
      const settlement = await this.#perform(due);
      line.shift();
      const failed = settlement?.as === 'retry' && !settlement.deferred;
      if (failed || settlement?.as === 'unreachable') this.#drop(line, due);
    }
    this.#sends.delete(conversationId);
  }

  /**
   * Takes out of the line what stands behind a failed send in its lane: when it goes on is for the
   * store to say. Known until the failure is written, or a sweep would send it out of order.
   */
  #drop(line: DueEffect[], failed: DueEffect): void {
    const behind = line.filter((other) => other.lane === failed.lane);
    const rest = line.filter((other) => other.lane !== failed.lane);
    line.splice(0, line.length, ...rest);
    this.#dropped.set(failed.effectId, behind);
    if (failed.lane !== null) this.#held.add(failed.lane);
  }

  #admit(kind: Work): void {
    const work = this.#work[kind];
    while (work.running < AT_A_TIME[kind] && !this.#stopping) {
      const due = work.line.shift();
      if (!due) return;
      work.running += 1;
      const done = this.#perform(due).then(() => {
        work.running -= 1;
        this.#admit(kind);
      });
      this.#track(done);
    }
  }

  /** Performs one effect and has its end written down. Never rejects. */
  async #perform(due: DueEffect): Promise<Settlement | null> {
    const { intake } = this.#options;
    const performed = await this.#attempt(due);
    if ('settlement' in performed) {
      // Not awaited: the next of the line need not wait for the commit.
      void intake.settle(performed.settlement, due.conversationId).then(() => this.#forget(due));
      return performed.settlement;
    }
    // A reader that is being stopped answers "not read": that is not what the photo deserves.
    if (this.#stopping && due.effect.kind === 'read') return null;
    try {
      await intake.accept(performed.result, { effectId: due.effectId, as: 'done' });
    } catch {
      // Nothing was kept, and the intake has said so: the next sweep finds the effect again.
    }
    this.#forget(due);
    return null;
  }

  async #attempt(due: DueEffect): Promise<Performed> {
    const { store, performers, log, now } = this.#options;
    const { effectId } = due;
    if (due.expiresAt !== null && due.expiresAt <= now()) {
      return { settlement: { effectId, as: 'expired' } };
    }
    try {
      if (due.repeat === 'harmful') {
        if (due.attemptedAt !== null) {
          return { settlement: { effectId, as: 'ambiguous', why: 'stopped while under way' } };
        }
        await store.markAttempted(effectId, now());
      }
      // The kind names the performer; TypeScript does not follow that through the union.
      const perform = performers[due.effect.kind] as (effect: DueEffect) => Promise<Performed>;
      return await perform(due);
    } catch (error) {
      log.warn({ err: error, kind: due.effect.kind, effectId }, 'an effect failed; tried again');
      const why = error instanceof Error ? error.name : 'error';
      return { settlement: { effectId, as: 'retry', at: nextTry(now(), due.attempts), why } };
    }
  }

  #forget(due: DueEffect): void {
    this.#known.delete(due.effectId);
    for (const behind of this.#dropped.get(due.effectId) ?? []) this.#known.delete(behind.effectId);
    this.#dropped.delete(due.effectId);
  }
}
