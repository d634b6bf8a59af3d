import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CalendarSchema,
  dayOf,
  endOfWorkingDay,
  isOpen,
  nextOpening,
} from '../../src/domain/calendar.ts';
import { allHours, closedForever, local, nightOffice, office } from './office.ts';

describe('a moment in Vietnam', () => {
  it('has the date, weekday and minute of its wall clock', () => {
    expect(dayOf(local('2026-11-23 08:30'))).toEqual({
      date: '2026-11-23',
      weekday: 0,
      minute: 510,
    });
    expect(dayOf(Date.parse('2026-11-22T17:00:00Z'))).toEqual({
      date: '2026-11-23',
      weekday: 0,
      minute: 0,
    });
    expect(dayOf(Date.parse('2026-11-22T16:59:59.999Z'))).toMatchObject({
      weekday: 6,
      minute: 1439,
    });
  });

  it('agrees with the time zone database', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Ho_Chi_Minh',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(
        fc.integer({ min: local('1980-01-01 00:00'), max: local('2090-01-01 00:00') }),
        (at) => {
          const { date, minute } = dayOf(at);
          const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          expect(`${date} ${clock}`).toBe(format.format(at));
        },
      ),
    );
  });
});

describe('the office', () => {
  it.each([
    ['2026-11-23 08:29', false, 'before opening'],
    ['2026-11-23 08:30', true, 'at the opening'],
    ['2026-11-23 17:29', true, 'in the last minute'],
    ['2026-11-23 17:30', false, 'at the closing'],
    ['2026-11-24 10:00', false, 'on a holiday'],
    ['2026-11-25 11:59', true, 'before the break'],
    ['2026-11-25 12:00', false, 'in the break'],
    ['2026-11-25 13:00', true, 'after the break'],
    ['2026-11-22 10:00', false, 'on a Sunday'],
    ['2026-11-29 10:00', true, 'on a Sunday that is worked'],
    ['2026-11-29 14:00', false, 'after the hours of that Sunday'],
  ])('at %s: open is %s (%s)', (at, open) => expect(isOpen(office, local(at))).toBe(open));

  it.each([
    ['2026-11-23 07:00', '2026-11-23 08:30'],
    ['2026-11-23 08:30', '2026-11-25 08:30'],
    ['2026-11-23 18:00', '2026-11-25 08:30'],
    ['2026-11-25 12:30', '2026-11-25 13:00'],
    ['2026-11-28 18:00', '2026-11-29 09:00'],
    ['2026-11-29 12:00', '2026-11-30 08:30'],
  ])('after %s opens at %s', (at, next) =>
    expect(nextOpening(office, local(at))).toBe(local(next)),
  );

  it.each([
    ['2026-11-25 10:00', '2026-11-25 17:30'],
    ['2026-11-25 23:00', '2026-11-25 17:30'],
    ['2026-11-29 10:00', '2026-11-29 12:00'],
  ])('on the day of %s works until %s', (at, end) => {
    expect(endOfWorkingDay(office, local(at))).toBe(local(end));
  });

  it('does not work on a day of rest', () => {
    expect(endOfWorkingDay(office, local('2026-11-22 10:00'))).toBeNull();
    expect(endOfWorkingDay(office, local('2026-11-24 10:00'))).toBeNull();
  });

  it('that is closed by a swap stays closed', () => {
    const swaps = [{ date: '2026-11-23', hours: [], name: 'Nghỉ hoán đổi' }];
    expect(isOpen({ ...office, swaps }, local('2026-11-23 10:00'))).toBe(false);
  });

  it('that works on a holiday by a swap is open', () => {
    const swaps = [{ date: '2026-11-24', hours: [{ from: '09:00', to: '10:00' }], name: 'Trực' }];
    expect(isOpen({ ...office, swaps }, local('2026-11-24 09:30'))).toBe(true);
  });

  it('that never opens has no next opening', () => {
    expect(nextOpening(closedForever, local('2026-11-23 10:00'))).toBeNull();
  });

  it('is looked ahead for sixty days and no more', () => {
    const swap = (date: string) => ({
      ...closedForever,
      swaps: [{ date, hours: [{ from: '09:00', to: '10:00' }], name: 'Trực' }],
    });
    const at = local('2026-01-01 12:00');
    expect(nextOpening(swap('2026-03-02'), at)).toBe(local('2026-03-02 09:00'));
    expect(nextOpening(swap('2026-03-03'), at)).toBeNull();
  });
});

describe('work past midnight', () => {
  it('is one working day that ends in the morning', () => {
    expect(isOpen(nightOffice, local('2026-11-24 00:00'))).toBe(true);
    expect(endOfWorkingDay(nightOffice, local('2026-11-23 23:00'))).toBe(local('2026-11-24 06:00'));
    expect(nextOpening(nightOffice, local('2026-11-23 23:00'))).toBe(local('2026-11-24 22:00'));
    expect(nextOpening(nightOffice, local('2026-11-28 03:00'))).toBe(local('2026-11-30 22:00'));
    expect(endOfWorkingDay(nightOffice, local('2026-11-28 03:00'))).toBeNull();
  });

  it('without an end has days that end at midnight and no next opening', () => {
    expect(endOfWorkingDay(allHours, local('2026-11-23 10:00'))).toBe(local('2026-11-24 00:00'));
    expect(nextOpening(allHours, local('2026-11-23 10:00'))).toBeNull();
  });
});

describe('a calendar at the boundary', () => {
  it('is taken when it is in order', () => {
    for (const calendar of [office, nightOffice, allHours, closedForever]) {
      expect(CalendarSchema.parse(calendar)).toEqual(calendar);
    }
  });

  it.each([
    ['six days', { weekly: office.weekly.slice(1) }],
    ['a range that ends before it begins', { weekly: week({ from: '12:00', to: '09:00' }) }],
    ['no time', { weekly: week({ from: '8h30', to: '17h30' }) }],
    ['24:30', { weekly: week({ from: '23:00', to: '24:30' }) }],
    [
      'ranges that overlap',
      { weekly: week({ from: '08:00', to: '12:00' }, { from: '11:00', to: '13:00' }) },
    ],
    [
      'ranges out of order',
      { weekly: week({ from: '13:00', to: '17:00' }, { from: '08:00', to: '12:00' }) },
    ],
    ['a date that is none', { holidays: [{ date: '2026-02-30', name: 'x' }] }],
  ])('is refused with %s', (_, change) => {
    expect(CalendarSchema.safeParse({ ...office, ...change }).success).toBe(false);
  });
});

function week(...monday: { from: string; to: string }[]) {
  return [monday, ...office.weekly.slice(1)];
}
