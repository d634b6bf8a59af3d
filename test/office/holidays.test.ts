import { describe, expect, it } from 'vitest';
import { holidayGaps, holidaysOf } from '../../src/office/holidays.ts';

const datesOf = (year: number) => holidaysOf(year).map(({ date }) => date.slice(5));

describe('public holidays of Vietnam', () => {
  it('are those of the official plan in 2026', () => {
    expect(datesOf(2026).join(' ')).toBe(
      '01-01 02-16 02-17 02-18 02-19 02-20 04-26 04-27 04-30 05-01 09-01 09-02 11-24',
    );
    expect(holidaysOf(2026).every((day) => day.note === undefined)).toBe(true);
  });

  it('of later years are computed, and what the yearly plan decides is marked', () => {
    // Tết on 26 January 2028; 30 April is a Sunday, and 1 May a holiday itself.
    expect(datesOf(2028).join(' ')).toBe(
      '01-01 01-25 01-26 01-27 01-28 01-29 04-04 04-30 05-01 05-02 09-01 09-02 11-24',
    );
    const open = holidaysOf(2028).filter(({ note }) => note !== undefined);
    expect(open.map(({ date }) => date.slice(5, 7))).toEqual(['01', '01', '01', '01', '01', '09']);
    expect(open[0]?.note).toContain('2028');
  });

  it.each([2026, 2027, 2028, 2029, 2030, 2035])(
    'of %i are eleven days and 24 November, with a day off for each Sunday',
    (year) => {
      const days = holidaysOf(year);
      const dates = days.map(({ date }) => date);
      expect(new Set(dates).size).toBe(dates.length);
      expect(dates.toSorted()).toEqual(dates);
      const sundays = dates.filter((date) => new Date(`${date}T00:00Z`).getUTCDay() === 0);
      expect(dates.length).toBe(12 + sundays.length);
      const instead = days.filter(({ name }) => name.startsWith('Nghỉ bù'));
      expect(instead).toHaveLength(sundays.length);
    },
  );

  it('that a book lacks are named, unless it swaps the day', () => {
    const holidays = holidaysOf(2028).filter(({ date }) => date > '2028-04-30');
    const swaps = [{ date: '2028-04-04', hours: [], name: 'Nghỉ' }];
    const { missing, unofficial } = holidayGaps({ holidays, swaps }, 2028);
    expect(missing.map(({ date }) => date)).toEqual([
      '2028-01-01',
      '2028-01-25',
      '2028-01-26',
      '2028-01-27',
      '2028-01-28',
      '2028-01-29',
      '2028-04-30',
    ]);
    expect(unofficial.map(({ date }) => date)).toEqual(['2028-09-01']);
  });
});
