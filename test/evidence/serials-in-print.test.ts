import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/evidence/grey.ts';
import { confidenceOf } from '../../src/evidence/ocr/closely.ts';
import { above, leftOf, overlaps, regionOf } from '../../src/evidence/ocr/layout.ts';
import type { Letter } from '../../src/evidence/ocr/recognise.ts';
import { isMark, isNear, isOther, serialsIn } from '../../src/evidence/ocr/serials.ts';

describe('a line of print', () => {
  it.each([
    ['S/N: D12345678', 'D12345678'],
    ['SN:GB1234567', 'GB1234567'],
    ['SERIAL NO.123456789', '123456789'],
    ['S/ND12345678', 'D12345678'],
    ['SERIAL NO D12345678 MADE IN CHINA', 'D12345678'],
    ['SO SE-RI: D12345678', 'D12345678'],
    ['CAMERA S/N: D12345678', 'D12345678'],
  ])('holds a marked serial: %s', (plain, short) => {
    expect(serialsIn(plain)).toMatchObject([{ short, anchored: true }]);
  });

  it('marks a full serial by itself, and keeps its parts', () => {
    const full = 'DS-2CD2043G2-I20210105AAWRF12345678';
    expect(serialsIn(`001 ${full}`)).toMatchObject([
      { short: 'F12345678', full, model: 'DS-2CD2043G2-I', anchored: true },
    ]);
  });

  it.each(['MATERIAL NO. 301500123', 'P/N: 301500123', 'MA KHACH HANG: 123456789', '123456789'])(
    'holds a number that is not marked as a serial: %s',
    (plain) => expect(serialsIn(plain)).toMatchObject([{ anchored: false }]),
  );

  it.each(['S/N: D1234567', 'S/N: D123456789', 'S/N: D1234567O', 'MST: 0301234567', 'S/N:'])(
    'holds no serial: nothing is mended in %s',
    (plain) => expect(serialsIn(plain)).toEqual([]),
  );

  it.each([
    'S/N:',
    'Serial No.',
    'DEVICE SERIAL NO.',
    'SENIAL NO.',
    'DOVICE SERIAL NO',
    'SO SE-RI',
    'SO SE-NI',
    'DEVICE SENAL NO',
  ])('is a mark: %s', (text) => expect(isMark(text.toUpperCase())).toBe(true));

  it.each([
    'MATERIAL NO.',
    'TERIAL NO.',
    'MATENIAL NO.',
    'MODEL',
    'P/N',
    'MAC ADDRESS',
    'ORDER NO.',
  ])('is no mark: %s', (text) => expect(isMark(text)).toBe(false));

  it('names another number, and is near a claim', () => {
    expect(isOther('MATERIAL: 301500123')).toBe(true);
    expect(isOther('S/N: 301500123')).toBe(false);
    expect(isNear('SN:D12345679', 'D12345678')).toBe(true);
    expect(isNear('SN:D12399999', 'D12345678')).toBe(false);
  });
});

describe('the place of a mark', () => {
  const at = (x: number, y: number, width = 200, angle = 0): Box => ({
    x,
    y,
    width,
    height: 40,
    angle,
  });

  it('is to the left on the same row, the nearest first', () => {
    const [far, near, other, value] = [at(100, 300), at(400, 305), at(400, 400), at(700, 300)];
    expect(leftOf(value, [far, near, other, value])).toEqual([near, far]);
  });

  it('is above in the same column, the nearest first', () => {
    const [head, row, aside, value] = [at(700, 100), at(700, 200), at(300, 200), at(700, 300)];
    expect(above(value, [head, row, aside, value])).toEqual([row, head]);
  });

  it('is found in a picture that stands on edge as well', () => {
    // Turned a quarter clockwise: to the left is now up.
    const [mark, value] = [at(500, 200, 200, Math.PI / 2), at(500, 500, 200, Math.PI / 2)];
    expect(leftOf(value, [mark, value])).toEqual([mark]);
    expect(above(value, [mark, value])).toEqual([]);
  });

  it('lies in the region around all print, which runs with the print', () => {
    const region = regionOf([at(500, 200, 400), at(450, 300, 300)], 0);
    expect(region).toMatchObject({ x: 500, y: 250, width: 400, height: 140, angle: 0 });
    expect(regionOf([], 0.2)).toBeNull();
  });

  it('is told apart from what lies over the same place', () => {
    expect(overlaps(at(500, 300), at(650, 330))).toBe(true);
    expect(overlaps(at(500, 300), at(710, 300))).toBe(false);
    expect(overlaps(at(500, 300, 200, Math.PI / 2), at(500, 420, 40, Math.PI / 2))).toBe(false);
    expect(overlaps(at(500, 300, 200, Math.PI / 2), at(530, 380, 100, Math.PI / 2))).toBe(true);
  });
});

describe('the confidence of a serial in print', () => {
  const read = (...sure: number[]): Letter[] =>
    sure.map((one) => ({ char: '1', sure: one, at: 0 }));

  it('is that of its weakest character over all readings', () => {
    expect(confidenceOf([read(1, 0.8, 1), read(1, 1, 0.9)])).toBeCloseTo(0.9);
  });

  it('falls with each reading that says something else', () => {
    expect(confidenceOf([read(1, 1), null, null, read(1, 1)])).toBeCloseTo(0.5);
    expect(confidenceOf([null, null])).toBe(0);
  });
});
