import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitWithin } from '../../../src/web/chat/downscale.ts';

describe('the size of a photo that is sent', () => {
  it.each([
    { was: [4032, 3024], sent: [2560, 1920] },
    { was: [3024, 4032], sent: [1920, 2560] },
    { was: [1280, 720], sent: [1280, 720] },
    { was: [10_000, 3], sent: [2560, 1] },
  ])('is $sent when it was $was', ({ was: [width = 0, height = 0], sent }) => {
    const fitted = fitWithin(width, height, 2560);
    expect([fitted.width, fitted.height]).toEqual(sent);
  });

  it('is never larger than it was, nor empty, and keeps its shape', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const fitted = fitWithin(width, height, 2560);
        expect(fitted.width).toBeLessThanOrEqual(Math.min(width, 2560));
        expect(fitted.height).toBeLessThanOrEqual(Math.min(height, 2560));
        expect(Math.min(fitted.width, fitted.height)).toBeGreaterThan(0);
        expect(Math.abs(fitted.height - (fitted.width * height) / width)).toBeLessThanOrEqual(
          Math.max(1, height / width),
        );
      }),
    );
  });
});
