/** More keys than this are never remembered; the oldest go first. */
const MOST_KEYS = 10_000;

/**
 * Counts tries by key within a window that begins with the first. In memory: a restart forgives.
 */
export class Throttle {
  private readonly most: number;
  private readonly window: number;
  private readonly tries = new Map<string, { count: number; until: number }>();

  /** @param window in milliseconds */
  constructor(most: number, window: number) {
    this.most = most;
    this.window = window;
  }

  /**
   * Takes a try. It counts before its outcome is known, so that many at a time gain nothing.
   * @returns null, or the time from which tries are taken again
   */
  take(key: string, now: number): number | null {
    const known = this.tries.get(key);
    if (known && known.until > now) {
      if (known.count >= this.most) return known.until;
      known.count += 1;
      return null;
    }
    this.tries.delete(key);
    this.tries.set(key, { count: 1, until: now + this.window });
    if (this.tries.size > MOST_KEYS) this.forgetOldest(now);
    return null;
  }

  /** Gives a try back: it succeeded. */
  refund(key: string): void {
    const known = this.tries.get(key);
    if (known) known.count = Math.max(0, known.count - 1);
  }

  clear(key: string): void {
    this.tries.delete(key);
  }

  private forgetOldest(now: number): void {
    for (const [key, { until }] of this.tries) {
      if (until <= now || this.tries.size > MOST_KEYS) this.tries.delete(key);
    }
  }
}
