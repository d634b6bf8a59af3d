/**
 * Telegram takes 20 messages a minute from a bot in a group. Edits count like messages, and so do
 * the topics that it creates (tdlib/td issue 2592); answers to buttons do not count.
 */
const MOST = 20;
const WINDOW_MS = 60_000;
/** Left to answers to agents: what is mirrored leaves so many alone. */
const RESERVED = 3;

/** Keeps count of what went to the group, so that it is asked to wait as seldom as may be. */
export class Pacer {
  readonly #now: () => number;
  #spent: number[] = [];
  #until = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds until so much may be mirrored. More than a whole minute's worth waits for all of it. */
  waitMs(cost: number): number {
    const now = this.#now();
    this.#forget(now);
    const held = Math.max(0, this.#until - now);
    const most = MOST - RESERVED;
    const over = this.#spent.length + Math.min(cost, most) - most;
    const oldest = over > 0 ? (this.#spent[over - 1] ?? now) + WINDOW_MS - now : 0;
    return Math.max(held, oldest);
  }

  /** Whether there is room for what only looks better. */
  get ample(): boolean {
    this.#forget(this.#now());
    return this.#spent.length < MOST / 2;
  }

  spend(count = 1): void {
    for (let n = 0; n < count; n += 1) this.#spent.push(this.#now());
  }

  /** Telegram wants nothing for so long. */
  hold(ms: number): void {
    this.#until = Math.max(this.#until, this.#now() + ms);
  }

  #forget(now: number): void {
    // A clock that was set back must not make everything wait.
    this.#spent = this.#spent.filter((at) => at > now - WINDOW_MS && at <= now);
    if (this.#until > now + 60 * WINDOW_MS) this.#until = now;
  }
}
