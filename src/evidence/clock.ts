/**
 * Tells when the time for a picture is used up. Time is this process's own work, so that a busy machine does not make
 * it read less; time on the wall ends it all the same.
 *
 * @param softMs milliseconds of work
 * @param wallMs milliseconds on the wall; without, work alone counts
 */
export function clock(softMs: number, wallMs = Number.POSITIVE_INFINITY): () => boolean {
  const before = process.cpuUsage();
  const end = performance.now() + wallMs;
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 > softMs || performance.now() > end;
  };
}
