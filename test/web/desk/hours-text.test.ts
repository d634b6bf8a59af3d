import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursText, parseHours } from '../../../src/web/desk/hours-text.ts';

describe('hours as they are typed', () => {
  it.each([
    ['', []],
    ['08:30-17:30', [{ from: '08:30', to: '17:30' }]],
    [
      ' 8:30 – 12:00;13:00-17:30 ',
      [
        { from: '08:30', to: '12:00' },
        { from: '13:00', to: '17:30' },
      ],
    ],
    ['22:00-24:00', [{ from: '22:00', to: '24:00' }]],
  ])('%j is understood', (text, hours) => {
    expect(parseHours(text)).toEqual(hours);
  });

  it.each([
    '8h30',
    '08:30',
    '17:30-08:30',
    '08:30-25:00',
    '08:60-17:30',
    '08:00-12:00, 11:00-17:00',
    '08:00-24:30',
  ])('%j is not', (text) => {
    expect(parseHours(text)).toBeNull();
  });

  it('what is shown is understood as what it was', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), {
      minLength: 2,
      maxLength: 8,
    });
    const time = (m: number) =>
      `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(minutes, (found) => {
        const sorted = found.toSorted((a, b) => a - b).map(time);
        const hours = Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
          from: sorted[index * 2] ?? '',
          to: sorted[index * 2 + 1] ?? '',
        }));
        expect(parseHours(hoursText(hours))).toEqual(hours);
      }),
    );
  });
});
