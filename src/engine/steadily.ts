import { schedule } from 'node-cron';

/** How often the clock is looked at, and by how much it may be off what has passed. */
const LOOK_MS = 1_000;
const SLACK_MS = 500;

/**
 * Does `work` at the times of a cron pattern (with seconds), never twice at a time. node-cron waits
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
