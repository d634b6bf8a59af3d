import { describe, expect, it } from 'vitest';
import type { Calendar, HoursRange } from '../../src/domain/calendar.ts';
import { type PromiseMade, promise } from '../../src/domain/promise.ts';
import { defaultBook } from '../../src/office/defaults.ts';
import { snapshotOf } from '../../src/office/office-book.ts';
import { allHours, nightOffice } from './office.ts';

// The promise against a slow computation that shares nothing with it: a table of every minute of
// these years, open or closed, in which everything is found by walking.

const MINUTE = 60_000;
/** A day before 2026, since the work of its night reaches into it. */
const LEAD = 1440;
const FROM = Date.UTC(2025, 11, 30, 17); // 2025-12-31 00:00 in Vietnam
const UNTIL = Date.UTC(2027, 11, 31, 17);
/** Beyond the end, so that what is sent on the last day finds its next opening. */
const MINUTES = (UNTIL - FROM) / MINUTE + 62 * 1440;
const SENT = (UNTIL - FROM) / MINUTE;

/** Wall-clock parts, by the platform's own calendar. */
const CLOCK = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  weekday: 'short',
});
const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface DayOff {
  ranges: readonly HoursRange[];
  holiday: boolean;
}

function daysOf(calendar: Calendar): DayOff[] {
  return Array.from({ length: MINUTES / 1440 }, (_, day) => {
    const parts = Object.fromEntries(
      CLOCK.formatToParts(FROM + day * 1440 * MINUTE).map(({ type, value }) => [type, value]),
    );
    const date = `${parts.year}-${parts.month}-${parts.day}`;
    const holiday = calendar.holidays.some((one) => one.date === date);
    const swap = calendar.swaps.find((one) => one.date === date);
    const usual = calendar.weekly[NAMES.indexOf(parts.weekday ?? '')] ?? [];
    const ranges = swap ? swap.hours : holiday ? [] : usual;
    return { ranges, holiday: holiday && ranges.length === 0 };
  });
}

const minuteOf = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Everything about a book that the oracle walks over. */
interface Table {
  days: DayOff[];
  open: Uint8Array;
  /** For each minute, the first one from it on at which the office is open; -1 beyond the end. */
  nextOpen: Int32Array;
  /** For each open minute, the minute at which that stretch closes. */
  closes: Int32Array;
}

function tableOf(calendar: Calendar): Table {
  const days = daysOf(calendar);
  const open = new Uint8Array(MINUTES);
  days.forEach(({ ranges }, day) => {
    for (const { from, to } of ranges) {
      open.fill(1, day * 1440 + minuteOf(from), day * 1440 + minuteOf(to));
    }
  });
  const nextOpen = new Int32Array(MINUTES).fill(-1);
  const closes = new Int32Array(MINUTES).fill(-1);
  let next = -1;
  let close = MINUTES;
  for (let at = MINUTES - 1; at >= 0; at -= 1) {
    if (open[at]) next = at;
    else close = at;
    nextOpen[at] = next;
    closes[at] = close;
  }
  return { days, open, nextOpen, closes };
}

/** The stretches of work that begin on a day; one that goes on past midnight belongs to its first. */
function workOf({ open, closes }: Table, day: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let at = day * 1440; at < (day + 1) * 1440; at += 1) {
    if (open[at] && !(at > 0 && open[at - 1])) found.push({ from: at, to: closes[at] ?? at });
  }
  return found;
}

function slowPromise(
  table: Table,
  at: number,
  sla: number,
): Omit<PromiseMade, 'opensAt'> & { opensAt: number | null } {
  const time = (minute: number) => FROM + minute * MINUTE;
  if (table.open[at]) {
    return {
      answerBy: time(at + sla),
      internalTarget: time(at + sla),
      opensAt: null,
      why: 'inHours',
    };
  }
  const day = Math.floor(at / 1440);
  const work = workOf(table, day);
  const [first] = work;
  const why = !first
    ? table.days[day]?.holiday
      ? 'holiday'
      : 'restDay'
    : at < first.from
      ? 'beforeOpening'
      : work.some(({ from }) => from > at)
        ? 'inBreak'
        : 'afterClosing';
  const opens = table.nextOpen[at] ?? -1;
  const target = opens + sla;
  const last = workOf(table, Math.floor(opens / 1440)).at(-1);
  const by = why === 'inBreak' ? target : Math.max(last?.to ?? target, target);
  return { answerBy: time(by), internalTarget: time(target), opensAt: time(opens), why };
}

const halves: HoursRange[] = [
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '17:30' },
];
const { calendar: standard } = snapshotOf(defaultBook());
const BOOKS: Record<string, { calendar: Calendar; sla: number }> = {
  'with a lunch break each day': {
    calendar: { ...standard, weekly: standard.weekly.map((day) => (day.length ? halves : [])) },
    sla: 10,
  },
  'with days that were swapped': {
    calendar: {
      ...standard,
      swaps: [
        { date: '2026-02-14', hours: halves, name: 'Làm bù' },
        { date: '2026-02-22', hours: [{ from: '09:00', to: '09:05' }], name: 'Trực' },
        { date: '2026-09-03', hours: [], name: 'Nghỉ hoán đổi' },
        { date: '2026-11-24', hours: [{ from: '10:00', to: '11:00' }], name: 'Trực lễ' },
        { date: '2027-05-02', hours: [{ from: '08:30', to: '17:30' }], name: 'Làm bù' },
      ],
    },
    sla: 45,
  },
  'that works at night, holidays kept': {
    calendar: { ...nightOffice, holidays: standard.holidays },
    sla: 30,
  },
  'that never closes': { calendar: allHours, sla: 10 },
  'that is open one day a week': {
    calendar: { ...standard, weekly: [[], [], [], [{ from: '23:50', to: '24:00' }], [], [], []] },
    sla: 120,
  },
};

describe('every minute of 2026 and 2027 is promised what a slow computation finds, by a book', () => {
  it.each(Object.entries(BOOKS))(
    '%s',
    (_, { calendar, sla }) => {
      const table = tableOf(calendar);
      // Far faster than an assertion a minute: what differs is collected.
      const wrong: { at: string; is: PromiseMade; should: unknown }[] = [];
      for (let at = LEAD; at < SENT && wrong.length < 3; at += 1) {
        const sent = FROM + at * MINUTE;
        const is = promise(calendar, sent, sla);
        const should = slowPromise(table, at, sla);
        const same =
          is.answerBy === should.answerBy &&
          is.internalTarget === should.internalTarget &&
          is.opensAt === should.opensAt &&
          is.why === should.why;
        if (!same) wrong.push({ at: new Date(sent).toISOString(), is, should });
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});
