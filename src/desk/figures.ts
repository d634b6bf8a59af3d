import type { CaseStatus } from '../domain/case.ts';
import type { CountedCase } from '../store/contract.ts';
import { REASONS } from './wire/common.ts';
import type { FiguresView, Spread } from './wire/figures.ts';

const MINUTE = 60_000;
const UP_TO = [2, 5, 10, 20, 60] as const;
const ENDS: readonly CaseStatus[] = ['unbound', 'rejected'];

/** Vietnam keeps one time all year. */
const ZONE_MS = 7 * 60 * MINUTE;
const DAY_MS = 24 * 60 * MINUTE;

/** The moment at which a day of Vietnam begins. @param date such as "2026-11-24" */
export function beginningOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) - ZONE_MS;
}

/**
 * Minutes from when the office could begin until `at`: from the sending in working hours, else from
 * the opening, by which what was sent at night is measured as what was sent by day.
 */
function minutesUntil({ submittedAt, target, answerBy }: CountedCase, at: number, sla: number) {
  const from = target === answerBy ? submittedAt : Math.max(submittedAt, target - sla * MINUTE);
  return Math.max(0, (at - from) / MINUTE);
}

/** When somebody first did something with the case, and when it was decided; null for not yet. */
export function timesOf(counted: CountedCase, sla: number) {
  const [, first] = counted.steps;
  const ended = counted.steps.findLast(({ status }) => ENDS.includes(status));
  return {
    firstAnswer: first ? minutesUntil(counted, first.at, sla) : null,
    decision: ended ? minutesUntil(counted, ended.at, sla) : null,
    decidedAt: ended?.at ?? null,
  };
}

function spreadOf(minutes: number[]): Spread {
  const sorted = minutes.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return found === undefined ? null : Math.round(found * 10) / 10;
  };
  let below = 0;
  const buckets = [...UP_TO, null].map((upTo) => {
    const within = upTo === null ? sorted.length : sorted.filter((one) => one <= upTo).length;
    const count = within - below;
    below = within;
    return { upTo, count };
  });
  return { median: at(0.5), ninety: at(0.9), buckets };
}

/** What people look at, of the cases of a stretch of time. */
export function figuresOf(cases: readonly CountedCase[], slaMinutes: number): FiguresView {
  const timed = cases.map((one) => ({ one, ...timesOf(one, slaMinutes) }));
  const decided = timed.filter(({ decision }) => decision !== null);
  const ratings = cases.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  const hours = Array.from({ length: 24 }, () => 0);
  for (const { submittedAt } of cases) {
    const hour = Math.floor((((submittedAt + ZONE_MS) % DAY_MS) / DAY_MS) * 24);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  const channels = [...new Set(cases.map(({ channel }) => channel))].map((channel) => ({
    channel,
    count: cases.filter((one) => one.channel === channel).length,
  }));
  const reasons = REASONS.map((reason) => ({
    reason,
    count: cases.filter((one) => one.reason === reason).length,
  }));
  return {
    slaMinutes,
    sent: cases.length,
    decided: decided.length,
    kept: decided.filter(({ one, decidedAt }) => (decidedAt ?? 0) <= one.answerBy).length,
    alone: decided.filter(({ one }) => !one.human).length,
    firstAnswer: spreadOf(timed.flatMap(({ firstAnswer }) => firstAnswer ?? [])),
    decision: spreadOf(timed.flatMap(({ decision }) => decision ?? [])),
    reasons: reasons.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
    channels: channels.toSorted((a, b) => b.count - a.count),
    hours,
    ratings: {
      count: ratings.length,
      average:
        ratings.length === 0
          ? null
          : Math.round((ratings.reduce((sum, one) => sum + one, 0) / ratings.length) * 10) / 10,
    },
  };
}
