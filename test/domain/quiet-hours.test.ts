import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/domain/calendar.ts';
import { afterQuiet } from '../../src/domain/quiet-hours.ts';
import { local } from './office.ts';

const night = { from: '21:00', to: '07:30' };

describe('in the quiet hours', () => {
  it.each([
    ['2026-11-25 20:59', '2026-11-25 20:59'],
    ['2026-11-25 21:00', '2026-11-26 07:30'],
    ['2026-11-25 23:59', '2026-11-26 07:30'],
    ['2026-11-26 00:00', '2026-11-26 07:30'],
    ['2026-11-26 07:29', '2026-11-26 07:30'],
    ['2026-11-26 07:30', '2026-11-26 07:30'],
  ])('what is due at %s waits until %s', (at, then) => {
    expect(afterQuiet(night, local(at))).toBe(local(then));
  });

  it('of a noon rest the afternoon is waited for', () => {
    const noon = { from: '12:00', to: '13:30' };
    expect(afterQuiet(noon, local('2026-11-25 12:15'))).toBe(local('2026-11-25 13:30'));
    expect(afterQuiet(noon, local('2026-11-25 13:30'))).toBe(local('2026-11-25 13:30'));
    expect(afterQuiet(noon, local('2026-11-25 03:00'))).toBe(local('2026-11-25 03:00'));
  });

  it('the moment found is never earlier, within a day, and not quiet', () => {
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map(
        (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`,
      );
    fc.assert(
      fc.property(time, time, fc.integer({ min: 0, max: 4e12 }), (from, to, at) => {
        const then = afterQuiet({ from, to }, at);
        expect(then).toBeGreaterThanOrEqual(at);
        expect(then - at).toBeLessThan(86_400_000);
        expect(afterQuiet({ from, to }, then)).toBe(then);
        if (then !== at) {
          const { minute } = dayOf(then);
          expect(`${Math.floor(minute / 60)}:${minute % 60}`).toBe(
            to.split(':').map(Number).join(':'),
          );
        }
      }),
    );
  });
});
