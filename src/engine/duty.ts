import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../store/contract.ts';

/** Milliseconds between two looks whether the lease is ours. */
const EVERY_MS = 1_000;

/**
 * What only one of the processes over a store may do at a time, such as asking a platform that
 * takes one asker. Whoever gets the lease does it; the others wait, and one of them takes over
 * within seconds of its holder's end, or within the time after which one that stands still is taken
 * for dead. A store that does not answer gives nobody a lease.
 */
export class Duty {
  readonly #store: Pick<Store, 'takeLease' | 'giveBackLease'>;
  readonly #name: string;
  readonly #every: number;
  readonly #stop = new AbortController();
  #lost = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  constructor(
    store: Pick<Store, 'takeLease' | 'giveBackLease'>,
    name: string,
    every: number = EVERY_MS,
  ) {
    this.#store = store;
    this.#name = name;
    this.#every = every;
  }

  /**
   * Runs `work` whenever the lease is ours, again after each loss.
   * @param work ends soon after its signal, which says that the lease is lost or this is stopped;
   * never rejects
   */
  start(work: (signal: AbortSignal) => Promise<void>): void {
    this.#ended = this.#run(work);
  }

  /** Whether the lease is ours at this moment; when it is not, the work's signal says so. */
  async held(): Promise<boolean> {
    const held = await this.#store.takeLease(this.#name).catch(() => false);
    if (!held) this.#lost.abort();
    return held;
  }

  /** Ends the work and gives the lease back, so that another process need not wait for it. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if (await this.held()) await this.#serve(work);
      await sleep(this.#every, undefined, { signal }).catch(() => undefined);
    }
    await this.#store.giveBackLease(this.#name).catch(() => undefined);
  }

  async #serve(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#lost = new AbortController();
    const look = setInterval(() => void this.held(), this.#every);
    await work(AbortSignal.any([this.#stop.signal, this.#lost.signal]));
    clearInterval(look);
  }
}
