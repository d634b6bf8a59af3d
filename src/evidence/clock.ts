import { BUDGET } from './plan.ts';

/**
 * Tells when the time for a picture is used up. Time is this process's own work, so that a busy machine does not make
 * it read less; a multiple of it on the wall ends it all the same.
 *
 * @param softMs milliseconds of work
 * @param wall how many times that it may take on the wall
 */
export function clock(softMs: number, wall: number = BUDGET.wall): () => boolean {
  const before = process.cpuUsage();
  const end = performance.now() + softMs * wall;
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 > softMs || performance.now() > end;
  };
}
