import Holidays from 'date-holidays';
import type { Book } from './book.ts';

type Holiday = Book['holidays'][number];

const DAY_MS = 86_400_000;
/** Vietnam is at UTC+7 all year. */
const OFFSET_MS = 7 * 3_600_000;
/** Up to this year the government's plan is known and worked in below. */
const PLANNED_UNTIL = 2026;
/** Resolution 28/2026/QH16, in force from 1 July 2026. */
const CULTURE_DAY_SINCE = 2026;

const TET = 'Tết Nguyên đán';
/** Of `date-holidays`, by the rule it computes a day with; its own names mix Tết with its eve. */
const NAMES: readonly (readonly [rule: RegExp, name: string])[] = [
  [/vietnamese 1-0-1/, TET],
  [/vietnamese 3-0-10/, 'Giỗ Tổ Hùng Vương'],
  [/^01-01$/, 'Tết Dương lịch'],
  [/^04-30$/, 'Ngày Chiến thắng'],
  [/^05-01$/, 'Quốc tế Lao động'],
  [/^09-02$/, 'Quốc khánh'],
];

const tetNote = (year: number) =>
  `Chưa chính thức: chờ kế hoạch nghỉ Tết năm ${year} của Chính phủ. / Not official yet: the ` +
  `government's plan for ${year} decides which five days are off.`;
const adjoiningNote = (year: number) =>
  `Chưa chính thức: ngày nghỉ liền kề là 1/9 hoặc 3/9, theo kế hoạch năm ${year}. / Not official ` +
  `yet: the adjoining day is 1 or 3 September, as the plan for ${year} decides.`;

function noted(date: string, name: string, note: string | null): Holiday {
  return note === null ? { date, name } : { date, name, note };
}

const dateOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const dayNumber = (at: number) => Math.floor((at + OFFSET_MS) / DAY_MS);
/** 0 = Sunday; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number) => (day + 4) % 7;

/** What the library knows, each day once. */
function baseOf(year: number): Map<number, Holiday> {
  const found = new Map<number, Holiday>();
  const open = year > PLANNED_UNTIL;
  for (const one of new Holidays('VN').getHolidays(year, 'vi')) {
    if (one.type !== 'public') continue;
    const name = NAMES.find(([rule]) => rule.test(one.rule))?.[1] ?? one.name;
    const note = name === TET && open ? tetNote(year) : null;
    const [from, to] = [dayNumber(one.start.getTime()), dayNumber(one.end.getTime())];
    for (let day = from; day < to; day += 1) {
      if (!found.has(day)) found.set(day, noted(dateOf(day), name, note));
    }
  }
  return found;
}

/** The day beside 2 September that makes the longer rest; the yearly plan has the last word. */
function adjoiningDay(year: number): number {
  const national = dayNumber(Date.parse(`${year}-09-02T00:00:00+07:00`));
  const before = [2, 3, 6].includes(weekdayOf(national));
  return before ? national - 1 : national + 1;
}

/**
 * Public holidays of Vietnam for an office that rests on Sundays, by date: the base of
 * `date-holidays` (lunar dates included) with what it misses: 24 November, the day beside
 * 2 September, and the working day that makes up for a holiday on a Sunday (Labour Code 2019,
 * articles 111 and 112). Entries with a note wait for the government's yearly plan.
 */
export function holidaysOf(year: number): Holiday[] {
  const found = baseOf(year);
  const adjoining = adjoiningDay(year);
  const note = year > PLANNED_UNTIL ? adjoiningNote(year) : null;
  found.set(adjoining, noted(dateOf(adjoining), 'Quốc khánh', note));
  if (year >= CULTURE_DAY_SINCE) {
    const date = `${year}-11-24`;
    found.set(dayNumber(Date.parse(`${date}T00:00:00+07:00`)), {
      date,
      name: 'Ngày Văn hóa Việt Nam',
    });
  }
  for (const [day, holiday] of [...found]) {
    if (weekdayOf(day) !== 0) continue;
    let instead = day + 1;
    while (found.has(instead) || weekdayOf(instead) === 0) instead += 1;
    found.set(instead, noted(dateOf(instead), `Nghỉ bù ${holiday.name}`, holiday.note ?? null));
  }
  return [...found.values()].sort((a, b) => a.date.localeCompare(b.date));
}

/** Holidays of a year that the book neither lists nor has a swap for, and those that await the plan. */
export function holidayGaps(
  book: Pick<Book, 'holidays' | 'swaps'>,
  year: number,
): { missing: Holiday[]; unofficial: Holiday[] } {
  const known = new Set([...book.holidays, ...book.swaps].map(({ date }) => date));
  return {
    missing: holidaysOf(year).filter(({ date }) => !known.has(date)),
    unofficial: book.holidays.filter(
      ({ date, note }) => date.startsWith(`${year}-`) && note !== undefined,
    ),
  };
}
