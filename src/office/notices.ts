import { type Calendar, dayOf, endOfWorkingDay, shiftsOn } from '../domain/calendar.ts';
import type { CaseRow, NoticeRow } from '../store/contract.ts';
import type { Book } from './book.ts';
import { holidayGaps } from './holidays.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A summary that a stop has missed is still written within these days. */
const LOOK_BACK_DAYS = 7;

type Waiting = Pick<CaseRow, 'caseId' | 'status' | 'draft'>;

/** When the agents' clock of a case began to run: when it was sent, or the opening after that. */
function clockStart({ draft }: Waiting): number {
  return draft.promise.opensAt ?? draft.submittedAt;
}

/** A case that nobody has taken for long, or whose target has passed. */
function ofCase(one: Waiting, nudgeMinutes: number, now: number): NoticeRow | null {
  const { caseId, status, draft } = one;
  const target = draft.promise.internalTarget;
  const about = { caseId, data: { target } };
  if (status !== 'submitted' && status !== 'inReview') return null;
  if (now > target) {
    return { key: `escalation:${caseId}:${target}`, kind: 'escalation', at: now, ...about };
  }
  const nudgeAt = clockStart(one) + nudgeMinutes * MINUTE_MS;
  if (status !== 'submitted' || now < nudgeAt || nudgeAt >= target) return null;
  return { key: `nudge:${caseId}:${target}`, kind: 'nudge', at: now, ...about };
}

/** At opening, until the end of that working day: what has come since the last one. */
function digest(calendar: Calendar, open: readonly Waiting[], now: number): NoticeRow | null {
  // Work that began yesterday and goes on past midnight is no opening of today.
  const [first] = shiftsOn(calendar, now);
  const end = endOfWorkingDay(calendar, now);
  if (!first || end === null || now < first.from || now >= end) return null;
  const night = open.filter(
    ({ status, draft }) => status !== 'needsInfo' && draft.submittedAt < first.from,
  );
  if (night.length === 0) return null;
  const target = Math.min(...night.map(({ draft }) => draft.promise.internalTarget));
  return {
    key: `digest:${first.from}`,
    kind: 'digest',
    at: now,
    caseId: null,
    data: { waiting: night.length, target },
  };
}

/** In December, once a week from an opening on: what the book lacks of next year's holidays. */
function missingHolidays(book: Book, calendar: Calendar, now: number): NoticeRow | null {
  const [year = 0, month, day = 0] = dayOf(now).date.split('-').map(Number);
  const [first] = shiftsOn(calendar, now);
  if (month !== 12 || !first || now < first.from) return null;
  const { missing, unofficial } = holidayGaps(book, year + 1);
  if (missing.length + unofficial.length === 0) return null;
  return {
    key: `holidays:${year + 1}:${Math.ceil(day / 7)}`,
    kind: 'holidays',
    at: now,
    caseId: null,
    data: { year: year + 1, missing: missing.length, unofficial: unofficial.length },
  };
}

/** What agents and operators should know by now, each by a key under which it is kept once. */
export function dueNotices(
  book: Book,
  calendar: Calendar,
  open: readonly Waiting[],
  now: number,
): NoticeRow[] {
  const found = open.map((one) => ofCase(one, book.nudgeMinutes, now));
  const all = [...found, digest(calendar, open, now), missingHolidays(book, calendar, now)];
  return all.filter((notice) => notice !== null);
}

/** The end of the last working day before `at`, or null in a week without one. */
function lastEnd(calendar: Calendar, at: number): number | null {
  for (let days = 0; days <= LOOK_BACK_DAYS; days += 1) {
    const end = endOfWorkingDay(calendar, at - days * DAY_MS);
    if (end !== null && end < at) return end;
  }
  return null;
}

/** The working day that ended last, with the night and the rest days before it. */
export function dayToSummarise(
  calendar: Calendar,
  now: number,
): { key: string; from: number; to: number } | null {
  const to = lastEnd(calendar, now + 1);
  if (to === null) return null;
  const from = lastEnd(calendar, to) ?? to - LOOK_BACK_DAYS * DAY_MS;
  return { key: `summary:${dayOf(to - 1).date}`, from, to };
}
