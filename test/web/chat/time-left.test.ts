import { describe, expect, it } from 'vitest';
import { chatTexts } from '../../../src/channels/web/texts.ts';
import { pace, timeLeft } from '../../../src/web/chat/time-left.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('counting down to the promise', () => {
  it.each([
    { left: 10 * MINUTE, said: '10:00' },
    { left: 65 * SECOND, said: '1:05' },
    { left: 1, said: '0:01' },
    { left: 90 * MINUTE, said: '1 giờ 30 phút' },
    { left: 2 * HOUR, said: '2 giờ' },
    { left: 25 * HOUR, said: '1 ngày 1 giờ' },
    { left: 48 * HOUR, said: '2 ngày' },
  ])('says $said', ({ left, said }) => {
    expect(timeLeft(left, chatTexts.t)).toBe(said);
  });

  it('ticks each second only where seconds are shown', () => {
    expect(pace(10 * MINUTE)).toBe(SECOND);
    expect(pace(2 * HOUR)).toBeGreaterThan(10 * SECOND);
  });
});
