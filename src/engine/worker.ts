import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { OutboxEffect } from '../dialogue/effect.ts';
import type { DueEffect, Settlement, Store } from '../store/contract.ts';
import { FairLine } from './fair-line.ts';
import type { Intake } from './intake.ts';
import type { Performed, Performers } from './perform.ts';
import { nextTry } from './retry.ts';

/** Submitting has a line for each conversation, and whoever takes cases says how many at a time. */
type Work = Exclude<OutboxEffect['kind'], 'send' | 'submit'>;

/**
 * Under way at a time; of the others, conversations take turns. So do readings in the reader, which
 * refuses more than its queue holds: nearly all of that is used, so that the turns are fair, and
 * some of it left to photos that are being uploaded and drawn.
 */
export const AT_A_TIME: Readonly<Record<Work, number>> = {
  fetch: 8,
  read: 24,
  apply: 4,
  share: 8,
  timeline: 8,
  pair: 8,
  tell: 8,
  erase: 2,
  rate: 4,
};
/** What was taken longer ago may be another process' by now. */
const SURELY_OURS_MS = 5_000;
/** Rows looked at in one sweep, beside those that are known already. */
const SWEEP = 500;

export interface WorkerOptions {
  store: Pick<Store, 'dueEffects' | 'markAttempted' | 'holdsEffect'>;
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
 * and in order, and of its cases likewise; an effect stays known until its end is committed, so that no sweep takes it twice.
 */
export class Worker {
  readonly #options: WorkerOptions;
  /** By id, when the store last said that the effect is ours. */
  readonly #known = new Map<number, { at: number; steadyAt: number }>();
  /** Sends by conversation and cases by lane, the one under way first. */
  readonly #lines = new Map<string, DueEffect[]>();
  /** Lanes with a failed send that waits in the store. */
  readonly #held = new Set<string>();
  /** What stood behind a failed send, by the id of that one. */
  readonly #dropped = new Map<number, DueEffect[]>();
  readonly #work: Readonly<Record<Work, { line: FairLine; running: number }>> = {
    fetch: { line: new FairLine(), running: 0 },
    read: { line: new FairLine(), running: 0 },
    apply: { line: new FairLine(), running: 0 },
    share: { line: new FairLine(), running: 0 },
    timeline: { line: new FairLine(), running: 0 },
    pair: { line: new FairLine(), running: 0 },
    tell: { line: new FairLine(), running: 0 },
    erase: { line: new FairLine(), running: 0 },
    rate: { line: new FairLine(), running: 0 },
  };
  readonly #underWay = new Set<Promise<void>>();
  #sweepingSoon = false;
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
      if (due.lane === null) this.#take(due);
      // An earlier process may have left a case of this lane that waits for a retry: the store knows.
      else if (due.effect.kind === 'submit') this.#sweepSoon();
      else if (!this.#held.has(due.lane)) this.#take(due);
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

  /** One for all that was committed together. What fails here, the next sweep meets again, and says so. */
  #sweepSoon(): void {
    if (this.#sweepingSoon) return;
    this.#sweepingSoon = true;
    const swept = setImmediate().then(() => {
      this.#sweepingSoon = false;
      return this.sweep();
    });
    this.#track(swept.catch(() => undefined));
  }

  #take(due: DueEffect): void {
    if (this.#stopping) return;
    const known = this.#known.has(due.effectId);
    this.#known.set(due.effectId, { at: this.#options.now(), steadyAt: performance.now() });
    if (known) return;
    const { kind } = due.effect;
    if (kind === 'send') this.#line(due, due.conversationId);
    else if (kind === 'submit') this.#line(due, due.lane ?? `s:${due.conversationId}`);
    else {
      this.#work[kind].line.push(due);
      this.#admit(kind);
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

  #line(due: DueEffect, name: string): void {
    const line = this.#lines.get(name);
    if (line) line.push(due);
    else {
      const begun = [due];
      this.#lines.set(name, begun);
      this.#track(this.#follow(name, begun));
    }
  }

  async #follow(name: string, line: DueEffect[]): Promise<void> {
    for (let due = line[0]; due && !this.#stopping; due = line[0]) {
      const settlement = await this.#perform(due);
      line.shift();
      const failed = settlement?.as === 'retry' && !settlement.deferred;
      if (failed || settlement?.as === 'unreachable') this.#drop(line, due);
    }
    this.#lines.delete(name);
  }

  /**
   * Takes out of the line what stands behind a failed send in its lane: when it goes on is for the
   * store to say. Known until the failure is written, or a sweep would send it out of order.
   */
  #drop(line: DueEffect[], failed: DueEffect): void {
    const behind = line.filter((other) => other.lane === failed.lane);
    const rest = line.filter((other) => other.lane !== failed.lane);
    line.splice(0, line.length, ...rest);
    if (this.#known.has(failed.effectId)) this.#dropped.set(failed.effectId, behind);
    else for (const other of behind) this.#known.delete(other.effectId);
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
    if (performed === 'lost') {
      this.#forget(due);
      return null;
    }
    if (!('result' in performed)) {
      // Not awaited: the next of the line need not wait for the commit.
      void intake.settle(performed.settlement, due.conversationId).then(() => this.#forget(due));
      return performed.settlement;
    }
    // A reader that is being stopped answers "not read": that is not what the photo deserves.
    if (this.#stopping && due.effect.kind === 'read') return null;
    try {
      const { result, settlement = { effectId: due.effectId, as: 'done' } } = performed;
      await intake.accept(result, settlement, due.conversationId);
    } catch {
      // Nothing was kept, and the intake has said so: the next sweep finds the effect again.
    }
    this.#forget(due);
    return performed.settlement ?? null;
  }

  /**
   * Whether another process may have it, because this one stood still and was taken for dead. Steady
   * time does not tell of a machine that slept, nor the wall clock of one that was set.
   */
  #mayBeLost({ effectId }: DueEffect): boolean {
    const known = this.#known.get(effectId);
    if (!known) return false;
    const { now } = this.#options;
    const waited = Math.max(performance.now() - known.steadyAt, Math.abs(now() - known.at));
    return waited > SURELY_OURS_MS;
  }

  async #attempt(due: DueEffect): Promise<Performed | 'lost'> {
    const { store, performers, log, now } = this.#options;
    const { effectId } = due;
    if (due.expiresAt !== null && due.expiresAt <= now()) {
      return { settlement: { effectId, as: 'expired' } };
    }
    try {
      if (this.#mayBeLost(due) && !(await store.holdsEffect(effectId))) return 'lost';
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
