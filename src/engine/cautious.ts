/** A clock that is ahead by more than this of what has passed was set, or the machine slept. */
const JUMP_MS = 3_600_000;
/** How long a clock that was set ahead has to stay there before it is believed. */
const DOUBT_MS = 86_400_000;

/**
 * The clock by which things are thrown away for good. A clock that was set a month ahead by mistake would
 * have photos deleted, and events taken twice of which the store no longer knows that it has them. So
 * after a jump ahead time goes on as before, for a day; by then somebody has set the clock right.
 *
 * @param now the wall clock, milliseconds since the epoch
 * @param steady a clock that never jumps
 */
export function cautious(now: () => number, steady = () => performance.now()): () => number {
  let believed = { wall: now(), at: steady() };
  return () => {
    const said = now();
    // Whole milliseconds, as the stores keep them.
    const passed = Math.round(steady() - believed.at);
    if (said - believed.wall > passed + JUMP_MS && passed < DOUBT_MS) return believed.wall + passed;
    believed = { wall: said, at: steady() };
    return said;
  };
}
