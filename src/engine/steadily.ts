import { schedule } from 'node-cron';

/** How often the clock is looked at, and by how much it may be off what has passed. */
const LOOK_MS = 1_000;
const SLACK_MS = 500;

/**
 * Does `work` at the times of a cron pattern, never twice at a time. node-cron waits
 * for a moment of the wall clock: when the clock is set back by a day, nothing would happen for a
 * day. So the pattern is begun anew whenever the clock moved by other than what has passed.
 */
export function steadily(pattern: string, work: () => Promise<void>): { stop(): Promise<void> } {
  const begin = () => schedule(pattern, work, { noOverlap: true, suppressMissedWarning: true });
  // The second clock never jumps.
  const apart = () => Date.now() - performance.now();
  let task = begin();
  let before = apart();
  const look = setInterval(() => {
    const now = apart();
    if (Math.abs(now - before) > SLACK_MS) {
      void task.destroy();
      task = begin();
    }
    before = now;
  }, LOOK_MS);
  return {
    stop: async () => {
      clearInterval(look);
      await task.destroy();
    },
  };
}

/**
 * Does `work` at once, and again and again so long after it ended. No clock that is set, and no machine that
 * slept, makes it wait or makes up for what was missed.
 */
export function every(ms: number, work: () => Promise<void>): { stop(): Promise<void> } {
  let stopped = false;
  let timer = setTimeout(begin, 0);
  function begin(): void {
    void work().finally(() => {
      if (!stopped) timer = setTimeout(begin, ms);
    });
  }
  return {
    // As with a pattern, what is under way is not waited for: a stop must reach the others at once.
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
