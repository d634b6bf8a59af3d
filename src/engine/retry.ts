const FIRST_MS = 2_000;
const LONGEST_MS = 5 * 60_000;

/** When to try again after so many failed attempts: 2 s, doubling, at most 5 minutes. */
export function nextTry(now: number, attempts: number): number {
  return now + Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 10));
}
