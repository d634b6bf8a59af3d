import { describe, expect, it } from 'vitest';
import type { SeenSerial } from '../../src/domain/reading.ts';
import { Findings } from '../../src/evidence/findings.ts';

const SERIAL = '576460024';
const bars: SeenSerial = { short: SERIAL, by: 'code128', confidence: 1, anchored: false };
const print = (confidence: number, more: Partial<SeenSerial> = {}): SeenSerial => ({
  short: SERIAL,
  by: 'ocr',
  confidence,
  anchored: true,
  ...more,
});

function found(...serials: SeenSerial[]): Findings {
  const findings = new Findings();
  for (const serial of serials) findings.take({ kind: 'serial', serial });
  return findings;
}

describe('bars and the print beside them', () => {
  it('suffice together, in either order, where neither does alone', () => {
    expect(found(bars).satisfies(SERIAL)).toBe(false);
    expect(found(print(0.7)).satisfies(SERIAL)).toBe(false);
    expect(found(bars, print(0.7)).satisfies(SERIAL)).toBe(true);
    expect(found(print(0.7), bars).satisfies(SERIAL)).toBe(true);
    expect(found(bars, print(0.7), bars).satisfies(SERIAL)).toBe(true);
  });

  it.each([
    ['says another number', print(0.7, { short: '576460025' })],
    ['stands beside no mark', print(0.99, { anchored: false })],
    ['is but a glimpse', print(0.5)],
  ])('do not where the print %s', (_, read) => {
    expect(found(bars, read).satisfies(SERIAL)).toBe(false);
  });
});
