import { describe, expect, it } from 'vitest';
import { measure, troubleOf } from '../../src/evidence/quality.ts';
import {
  invoicePicture,
  labelPicture,
  plainPicture,
  type Spoil,
  tvPagePicture,
} from '../pictures/index.ts';
import { pictureOf } from './views.ts';

const label = { serial: 'D12345678', code: 'QWERTY', model: 'DS-2CD2043G2-I' };

async function trouble(file: Buffer) {
  return troubleOf(await measure(await pictureOf(file)));
}

describe('why a picture cannot be read', () => {
  const spoilt: [string, Spoil][] = [
    ['blurred', { blur: 6, jpeg: 85 }],
    ['blurred', { blur: 16, jpeg: 85 }],
    ['dark', { light: 0.2, jpeg: 85 }],
    ['dark', { light: 0.05, jpeg: 85 }],
    ['small', { side: 160, jpeg: 85 }],
    ['small', { side: 240, jpeg: 85 }],
  ];
  it.each(spoilt)('is called %s with %j', async (expected, faults) => {
    expect(await trouble(await labelPicture(label, faults))).toBe(expected);
  });

  it('is called bright when the light has eaten the print', async () => {
    expect(await trouble(await plainPicture({ light: 6, blur: 6, jpeg: 85 }))).toBe('bright');
  });

  it('is the missing code where size, light and focus are fine', async () => {
    const pages = [invoicePicture(), tvPagePicture(), plainPicture()];
    for (const page of await Promise.all(pages)) expect(await trouble(page)).toBe('noCode');
  });

  it('is focus, not light, on a white page out of focus', async () => {
    expect(await trouble(await invoicePicture({ blur: 8, jpeg: 85 }))).toBe('blurred');
  });

  it('is never said of a sharp label in half the light', async () => {
    expect(await trouble(await labelPicture(label, { light: 0.5, jpeg: 85 }))).toBe('noCode');
  });
});

describe('measuring', () => {
  it('tells the size of the original and falling sharpness with rising blur', async () => {
    const sharpness: number[] = [];
    for (const blur of [0, 2, 4, 8]) {
      const faults = blur ? { blur } : {};
      const quality = await measure(await pictureOf(await labelPicture(label, faults)));
      expect([quality.width, quality.height]).toEqual([1600, 1200]);
      sharpness.push(quality.sharpness);
    }
    expect(sharpness).toEqual(sharpness.toSorted((a, b) => b - a));
  });
});
