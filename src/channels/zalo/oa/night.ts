const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Vietnam is seven hours ahead all year. */
const OFFSET = 7 * HOUR;

/** The next 06:00 in Vietnam, when Zalo delivers again what it holds back at night. */
export function nightEnds(now: number): number {
  const today = Math.floor((now + OFFSET) / DAY) * DAY - OFFSET + 6 * HOUR;
  return today > now ? today : today + DAY;
}
