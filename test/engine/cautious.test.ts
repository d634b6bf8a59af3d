import { describe, expect, it } from 'vitest';
import { cautious } from '../../src/engine/cautious.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Both clocks; time passes on both, and the wall clock alone is set. */
function clocks() {
  const at = { wall: Date.UTC(2026, 10, 24), steady: 5000 };
  return {
    at,
    long: cautious(
      () => at.wall,
      () => at.steady,
    ),
    passes(ms: number) {
      at.wall += ms;
      at.steady += ms;
    },
  };
}

describe('the clock by which things are thrown away', () => {
  it('is the wall clock while that goes as time passes', () => {
    const { at, long, passes } = clocks();
    for (let hour = 0; hour < 200; hour += 1) {
      passes(HOUR);
      expect(long()).toBe(at.wall);
    }
  });

  it('goes on as before when the wall clock is set ahead, also when it is set right again', () => {
    const { at, long, passes } = clocks();
    const begun = at.wall;
    at.wall += 30 * DAY;
    passes(5 * HOUR);
    expect(long()).toBe(begun + 5 * HOUR);
    at.wall -= 30 * DAY;
    passes(HOUR);
    expect(long()).toBe(begun + 6 * HOUR);
  });

  it('gives whole milliseconds, whatever the steady clock counts in', () => {
    const { at, long } = clocks();
    const begun = at.wall;
    at.wall += 30 * DAY;
    at.steady += 1234.567;
    expect(long()).toBe(begun + 1235);
  });

  it('believes a clock that stays ahead for a day', () => {
    const { at, long, passes } = clocks();
    at.wall += 30 * DAY;
    for (let hour = 0; hour < 23; hour += 1) {
      passes(HOUR);
      expect(long()).toBeLessThan(at.wall - 29 * DAY);
    }
    passes(HOUR);
    expect(long()).toBe(at.wall);
  });

  it('follows a clock that is set back at once: then less is thrown away', () => {
    const { at, long } = clocks();
    at.wall -= 3 * DAY;
    expect(long()).toBe(at.wall);
  });
});
