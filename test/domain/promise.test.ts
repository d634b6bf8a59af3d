import { describe, expect, it } from 'vitest';
import { type Calendar, dayOf } from '../../src/domain/calendar.ts';
import { type PromiseMade, PromiseMadeSchema, promise } from '../../src/domain/promise.ts';
import { closedForever, local, nightOffice, office } from './office.ts';

const SLA = 10;
const MINUTE = 60_000;

function made(at: string, calendar = office): PromiseMade {
  return promise(calendar, local(at), SLA);
}

describe('a case sent', () => {
  it.each([
    ['2026-11-23 10:00', '2026-11-23 10:10'],
    ['2026-11-23 08:30', '2026-11-23 08:40'],
    ['2026-11-23 17:29', '2026-11-23 17:39'],
    ['2026-11-25 11:55', '2026-11-25 12:05'],
    ['2026-11-29 09:00', '2026-11-29 09:10'],
  ])('in hours, at %s, is answered by %s, past closing too', (at, by) => {
    const answerBy = local(by);
    expect(made(at)).toEqual({ answerBy, internalTarget: answerBy, opensAt: null, why: 'inHours' });
  });

  it('in the break is answered soon after it', () => {
    const answerBy = local('2026-11-25 13:10');
    const opensAt = local('2026-11-25 13:00');
    expect(made('2026-11-25 12:00')).toEqual({
      answerBy,
      internalTarget: answerBy,
      opensAt,
      why: 'inBreak',
    });
  });

  it.each([
    ['2026-11-25 07:00', 'beforeOpening', '2026-11-25 08:30', '2026-11-25 17:30'],
    ['2026-11-23 17:30', 'afterClosing', '2026-11-25 08:30', '2026-11-25 17:30'],
    ['2026-11-25 23:59', 'afterClosing', '2026-11-26 08:30', '2026-11-26 17:30'],
    ['2026-11-24 10:00', 'holiday', '2026-11-25 08:30', '2026-11-25 17:30'],
    ['2026-11-22 10:00', 'restDay', '2026-11-23 08:30', '2026-11-23 17:30'],
    ['2026-11-28 20:00', 'afterClosing', '2026-11-29 09:00', '2026-11-29 12:00'],
    ['2026-11-29 13:00', 'afterClosing', '2026-11-30 08:30', '2026-11-30 17:30'],
  ])('at %s (%s) waits for %s and is answered by %s', (at, why, opens, by) => {
    const opensAt = local(opens);
    expect(made(at)).toEqual({
      answerBy: local(by),
      internalTarget: opensAt + SLA * MINUTE,
      opensAt,
      why,
    });
  });

  it('before a working day that is shorter than the SLA is not promised sooner than aimed at', () => {
    const swaps = [{ date: '2026-11-29', hours: [{ from: '09:00', to: '09:05' }], name: 'Trực' }];
    const promised = made('2026-11-29 08:00', { ...office, swaps });
    expect(promised.answerBy).toBe(local('2026-11-29 09:10'));
    expect(promised.internalTarget).toBe(promised.answerBy);
  });

  it('on a day closed by a swap waits as on a day of rest', () => {
    const swaps = [{ date: '2026-11-23', hours: [], name: 'Nghỉ hoán đổi' }];
    expect(made('2026-11-23 10:00', { ...office, swaps }).why).toBe('restDay');
  });

  it('by day to an office that works at night is answered the next morning', () => {
    expect(made('2026-11-24 12:00', nightOffice)).toEqual({
      answerBy: local('2026-11-25 06:00'),
      internalTarget: local('2026-11-24 22:10'),
      opensAt: local('2026-11-24 22:00'),
      why: 'beforeOpening',
    });
    expect(made('2026-11-28 07:00', nightOffice)).toMatchObject({
      answerBy: local('2026-12-01 06:00'),
      why: 'restDay',
    });
  });

  it('to an office that never opens still has a promise', () => {
    const promised = made('2026-11-23 10:00', closedForever);
    expect(promised.opensAt).toBeNull();
    expect(promised.answerBy).toBe(local('2027-01-22 10:00'));
  });
});

/** Whether the office works in this minute, straight from the lists. */
function openMinute(calendar: Calendar, at: number): boolean {
  const { date, weekday, minute } = dayOf(at);
  const swap = calendar.swaps.find((one) => one.date === date);
  const free = calendar.holidays.some((one) => one.date === date);
  const hours = swap ? swap.hours : free ? [] : (calendar.weekly[weekday] ?? []);
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return hours.some(({ from, to }) => from <= clock && clock < to);
}

const WALK_FROM = local('2026-11-19 00:00');
const WALK_DAYS = 17;
/** Each minute of the walk: its date, and whether the office works then. */
const minutes = Array.from({ length: WALK_DAYS * 1440 }, (_, index) => {
  const at = WALK_FROM + index * MINUTE;
  return { date: dayOf(at).date, open: openMinute(office, at) };
});

/** The promise by walking on minute by minute, for an office that is closed at midnight. */
function walked(at: number): Omit<PromiseMade, 'why'> {
  const sla = SLA * MINUTE;
  const here = (at - WALK_FROM) / MINUTE;
  if (minutes[here]?.open) return { answerBy: at + sla, internalTarget: at + sla, opensAt: null };
  let opens = here;
  while (!minutes[opens]?.open) opens += 1;
  const dayOfOpening = minutes[opens]?.date;
  let workedToday = false;
  for (let back = here; minutes[back]?.date === minutes[here]?.date; back -= 1) {
    workedToday ||= minutes[back]?.open ?? false;
  }
  let ends = opens;
  for (let on = opens; minutes[on]?.date === dayOfOpening; on += 1) {
    if (minutes[on]?.open) ends = on + 1;
  }
  const opensAt = WALK_FROM + opens * MINUTE;
  const internalTarget = opensAt + sla;
  const inBreak = workedToday && dayOfOpening === minutes[here]?.date;
  return {
    answerBy: inBreak ? internalTarget : WALK_FROM + ends * MINUTE,
    internalTarget,
    opensAt,
  };
}

describe('the promise', () => {
  it('is what a walk through every minute finds, over two weeks with holiday, swap and breaks', () => {
    const until = local('2026-12-03 00:00');
    for (let at = WALK_FROM; at < until; at += 3 * MINUTE) {
      const { why, ...times } = promise(office, at, SLA);
      expect({ at: new Date(at), ...times }).toEqual({ at: new Date(at), ...walked(at) });
      expect(why === 'inHours').toBe(times.opensAt === null);
    }
  });

  it('never lies before the moment of sending, nor the target behind the promise', () => {
    for (let at = local('2026-11-19 00:00'); at < local('2026-12-03 00:00'); at += 13 * MINUTE) {
      for (const calendar of [office, nightOffice]) {
        const { answerBy, internalTarget, opensAt } = promise(calendar, at, SLA);
        expect(internalTarget).toBeGreaterThan(at);
        expect(answerBy).toBeGreaterThanOrEqual(internalTarget);
        if (opensAt !== null) expect(opensAt).toBeGreaterThan(at);
      }
    }
  });

  it('survives being stored', () => {
    const promised = made('2026-11-24 10:00');
    expect(PromiseMadeSchema.parse(JSON.parse(JSON.stringify(promised)))).toEqual(promised);
  });
});
