import { describe, expect, it } from 'vitest';
import { wholeOf } from '../../src/evidence/ocr/layout.ts';

/** A part of 400 x 200 at 300, 300 in the picture, cut out at twice its size. */
const region = { x: 300, y: 300, width: 400, height: 200, angle: 0 };
const size = { width: 800, height: 400 };
const line = (x: number, y: number, width = 200) => ({ x, y, width, height: 30, angle: 0 });

describe('a part that print runs out of', () => {
  it('goes on to the right where a line touches its right edge, and nowhere else', () => {
    const whole = wholeOf(region, size, [line(400, 200), line(700, 100)]);
    expect(whole).toEqual({ x: 400, y: 300, width: 600, height: 200, angle: 0 });
  });

  it('goes on along its own direction when it leans', () => {
    const down = { ...region, angle: Math.PI / 2 };
    const whole = wholeOf(down, size, [line(700, 100)]);
    expect(whole?.x).toBeCloseTo(300);
    expect(whole?.y).toBeCloseTo(400);
    expect(whole?.width).toBe(600);
  });

  it('goes on both ways where lines touch two edges', () => {
    const whole = wholeOf(region, size, [line(400, 200, 800)]);
    expect(whole).toEqual({ x: 300, y: 300, width: 800, height: 200, angle: 0 });
  });

  it('is whole where no line comes near an edge', () => {
    expect(wholeOf(region, size, [line(400, 200), line(300, 300)])).toBeNull();
    expect(wholeOf(region, size, [])).toBeNull();
  });
});
