import { dayOf } from './calendar.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Wall-clock times of Asia/Ho_Chi_Minh such as "21:00"; may go past midnight. Equal: never quiet. */
export interface QuietHours {
  from: string;
  to: string;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The first moment from `at` on at which people may be written to unasked. Epoch ms. */
export function afterQuiet(quiet: QuietHours, at: number): number {
  const { minute } = dayOf(at);
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  const isQuiet = from <= to ? from <= minute && minute < to : from <= minute || minute < to;
  if (!isQuiet) return at;
  const left = (to - minute + DAY_MINUTES) % DAY_MINUTES;
  return Math.floor(at / MINUTE_MS) * MINUTE_MS + left * MINUTE_MS;
}
