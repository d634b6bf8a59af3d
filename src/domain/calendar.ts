import { z } from 'zod';

/** Asia/Ho_Chi_Minh: UTC+7 all year, no daylight saving since 1975. */
const OFFSET_MS = 7 * 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LOOK_AHEAD_DAYS = 60;

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** Half-open: `to` itself is closed. Work past midnight ends at 24:00 and goes on from 00:00. */
const HoursRangeSchema = z
  .object({ from: z.string().regex(TIME), to: z.string().regex(TIME) })
  .refine(({ from, to }) => from < to, '"from" must be earlier than "to"');
export type HoursRange = z.infer<typeof HoursRangeSchema>;

/** Several ranges a day; the gaps between them are breaks. */
const DaySchema = z
  .array(HoursRangeSchema)
  .refine(
    (ranges) => ranges.every((range, i) => i === 0 || (ranges[i - 1]?.to ?? '') <= range.from),
    'must be in order and must not overlap',
  );

const DateSchema = z.iso.date();

/** When the office answers. Wall-clock times and dates of Asia/Ho_Chi_Minh. */
export const CalendarSchema = z.object({
  /** Seven days, Monday first; [] = a weekly rest day. */
  weekly: z.array(DaySchema).length(7),
  /** Closed all day, unless a swap says otherwise. */
  holidays: z.array(z.object({ date: DateSchema, name: z.string() })),
  /** Days with hours of their own, a rest day that is worked above all. They win over holidays. */
  swaps: z.array(z.object({ date: DateSchema, hours: DaySchema, name: z.string() })),
});
export type Calendar = z.infer<typeof CalendarSchema>;

/** Where a moment stands on the wall clock of Asia/Ho_Chi_Minh. */
export interface Day {
  /** YYYY-MM-DD */
  date: string;
  /** 0 = Monday .. 6 = Sunday */
  weekday: number;
  /** Minutes since midnight, whole (0..1439). */
  minute: number;
}

/** A stretch of open time in epoch ms, half-open. */
interface Stretch {
  from: number;
  to: number;
}

/** Midnight in Asia/Ho_Chi_Minh at the start of the day that holds `at`. Epoch ms. */
function startOfDay(at: number): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;
}

/** The date, weekday and minute of a moment (epoch ms). */
export function dayOf(at: number): Day {
  const local = at + OFFSET_MS;
  const days = Math.floor(local / DAY_MS);
  return {
    date: new Date(days * DAY_MS).toISOString().slice(0, 10),
    // 1970-01-01 was a Thursday.
    weekday: (((days + 3) % 7) + 7) % 7,
    minute: Math.floor((local - days * DAY_MS) / MINUTE_MS),
  };
}

function millis(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS;
}

/** Whether the office rests that day because of a public holiday. */
export function isHoliday(calendar: Calendar, at: number): boolean {
  const { date } = dayOf(at);
  const listed = calendar.holidays.some((holiday) => holiday.date === date);
  return listed && openOn(calendar, at).length === 0;
}

/**
 * Days that were looked at already, by their midnight. A calendar never changes: an edit makes
 * another one, and this goes with the old one.
 */
const known = new WeakMap<Calendar, Map<number, Stretch[]>>();
const MOST_KNOWN = 4_000;

/** Open time between the midnights of the day that holds `at`, in order; [] on a day of rest. */
function openOn(calendar: Calendar, at: number): Stretch[] {
  const days = known.get(calendar) ?? new Map<number, Stretch[]>();
  const start = startOfDay(at);
  const found = days.get(start) ?? lookUp(calendar, start);
  if (days.size > MOST_KNOWN) days.clear();
  known.set(calendar, days.set(start, found));
  return found;
}

function lookUp(calendar: Calendar, start: number): Stretch[] {
  const { date, weekday } = dayOf(start);
  const swap = calendar.swaps.find((one) => one.date === date);
  const rests = !swap && calendar.holidays.some((holiday) => holiday.date === date);
  const ranges = swap?.hours ?? (rests ? [] : (calendar.weekly[weekday] ?? []));
  return ranges.map(({ from, to }) => ({ from: start + millis(from), to: start + millis(to) }));
}

/** Whether the office is open at this moment. */
export function isOpen(calendar: Calendar, at: number): boolean {
  return openOn(calendar, at).some(({ from, to }) => from <= at && at < to);
}

/**
 * The working time that begins on the day that holds `at`, in order. Work past midnight belongs
 * to the day on which it began: it is left out of the second day and reaches into it from the
 * first. An office that never closes has days from midnight to midnight.
 */
export function shiftsOn(calendar: Calendar, at: number): Stretch[] {
  const midnight = startOfDay(at);
  const next = midnight + DAY_MS;
  const [tail] = openOn(calendar, next);
  const goesOn = tail?.from === next && tail.to < next + DAY_MS;
  return openOn(calendar, at)
    .filter(({ from, to }) => from > midnight || to === next || !isOpen(calendar, midnight - 1))
    .map(({ from, to }) => (to === next && goesOn && tail ? { from, to: tail.to } : { from, to }));
}

/**
 * When the office opens next, strictly after `at`: the end of a break counts, and so does the next
 * opening of an office that is open now. Epoch ms, or null when that is on none of the next 60 days.
 */
export function nextOpening(calendar: Calendar, at: number): number | null {
  for (let day = 0; day <= LOOK_AHEAD_DAYS; day += 1) {
    const found = openOn(calendar, at + day * DAY_MS).find(
      ({ from }) => from > at && !isOpen(calendar, from - 1),
    );
    if (found) return found.from;
  }
  return null;
}

/**
 * When the work that begins on the day that holds `at` ends, after the last break; the next
 * morning where it goes on past midnight. Null when none begins that day. Epoch ms.
 */
export function endOfWorkingDay(calendar: Calendar, at: number): number | null {
  return shiftsOn(calendar, at).at(-1)?.to ?? null;
}
