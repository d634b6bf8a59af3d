import { describe, expect, it } from 'vitest';
import type { Grey } from '../../src/evidence/grey.ts';
import { inverted, isLightOnDark } from '../../src/evidence/ocr/polarity.ts';

const LINE = { x: 100, y: 30, width: 160, height: 24, angle: 0 };

/** A line of strokes on a ground. */
function strokes(ink: number, ground: number): Grey {
  const [width, height] = [200, 60];
  const data = new Uint8ClampedArray(width * height).fill(ground);
  for (let y = 24; y < 36; y++) {
    for (let x = 30; x < 170; x += 8) data.fill(ink, y * width + x, y * width + x + 3);
  }
  return { data, width, height };
}

describe('print that is lighter than its ground', () => {
  it('is told from dark print, whatever the light', () => {
    expect(isLightOnDark(strokes(230, 40), [LINE])).toBe(true);
    expect(isLightOnDark(strokes(90, 60), [LINE])).toBe(true);
    expect(isLightOnDark(strokes(40, 230), [LINE])).toBe(false);
    expect(isLightOnDark(strokes(10, 35), [LINE])).toBe(false);
  });

  it('is neither where nothing is', () => {
    expect(isLightOnDark(strokes(120, 120), [LINE])).toBe(false);
    expect(isLightOnDark(strokes(230, 40), [])).toBe(false);
  });

  it('is dark on light when it is turned round, and itself when that is done twice', () => {
    const page = strokes(230, 40);
    expect(isLightOnDark(inverted(page), [LINE])).toBe(false);
    expect(inverted(inverted(page))).toEqual(page);
  });
});
