/** The time that a piece of work may take. */
export interface Clock {
  /** True once it is used up. */
  spent(): boolean;
  /** A part of the whole, 0..1, from now on: true once it is used up, or the whole is. */
  share(part: number): () => boolean;
}

/**
 * Tells when the time for a picture is used up. Time is this process's own work, so that a busy machine does not make
 * it read less; time on the wall ends it all the same.
 *
 * @param softMs milliseconds of work
 * @param wallMs milliseconds on the wall; without, work alone counts
 */
export function clock(softMs: number, wallMs = Number.POSITIVE_INFINITY): Clock {
  const work = workOf(softMs);
  const end = performance.now() + wallMs;
  const spent = () => work() || performance.now() > end;
  return {
    spent,
    share(part) {
      const late = workOf(softMs * part);
      return () => spent() || late();
    },
  };
}

function workOf(ms: number): () => boolean {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 > ms;
  };
}
