import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading, SeenSerial } from '../../src/domain/reading.ts';
import { judge, judgeSet, type Verdict, VerdictSchema } from '../../src/domain/verdict.ts';

const CLAIM = 'D12345678';
const OTHER = 'E87654321';

function code(short: string, more: Partial<SeenSerial> = {}): SeenSerial {
  return { short, by: 'qrCode', confidence: 1, anchored: true, ...more };
}

function ocr(short: string, confidence: number, anchored = true): SeenSerial {
  return { short, by: 'ocr', confidence, anchored };
}

function picture(...serials: SeenSerial[]): Reading {
  const quality = { width: 800, height: 600, sharpness: 300, brightness: 120, contrast: 50 };
  return { outcome: 'read', serials, shareQr: false, quality };
}

describe('one picture', () => {
  it.each([
    ['a code field', code(CLAIM)],
    ['a barcode of the serial', code(CLAIM, { by: 'code128' })],
    ['sure text beside S/N', ocr(CLAIM, 0.85)],
  ])('shows the serial by %s', (_, seen) => {
    expect(judge(picture(seen), CLAIM)).toMatchObject({ kind: 'shown', short: CLAIM });
  });

  it('shows nine digits in print only when they are surer, since one of them may be a letter', () => {
    const digits = '344440918';
    expect(judge(picture(ocr(digits, 0.95)), digits)).toMatchObject({ kind: 'shown' });
    expect(judge(picture(ocr(digits, 0.94)), digits)).toMatchObject({ kind: 'doubtful' });
    expect(judge(picture(code(digits, { confidence: 1 })), digits).kind).toBe('shown');
  });

  it('shows the serial also when other labels are in the same picture', () => {
    const reading = picture(code(OTHER), ocr('F11111111', 0.9), code(CLAIM));
    expect(judge(reading, CLAIM)).toMatchObject({ kind: 'shown', short: CLAIM });
  });

  it.each([
    ['a code field', code(OTHER)],
    ['sure text beside S/N', ocr(OTHER, 0.9)],
  ])('shows another serial by %s', (_, seen) => {
    expect(judge(picture(seen), CLAIM)).toMatchObject({ kind: 'another', short: OTHER });
  });

  it('is another also when the same serial is seen twice, or a number is read beside it', () => {
    const reading = picture(code(OTHER), ocr(OTHER, 0.9), ocr('311300001', 0.9, false));
    expect(judge(reading, CLAIM)).toMatchObject({ kind: 'another', short: OTHER });
  });

  it.each([
    ['text that is not beside S/N', [ocr(CLAIM, 0.99, false)], [CLAIM]],
    ['text read too weakly', [ocr(CLAIM, 0.84)], [CLAIM]],
    [
      'a bare code that may be a material number',
      [code('311300001', { anchored: false })],
      ['311300001'],
    ],
    ['another serial read weakly', [ocr(OTHER, 0.5)], [OTHER]],
    ['two other devices', [code(OTHER), code('F11111111')], [OTHER, 'F11111111']],
    ['another one, and a glimpse of the claim', [code(OTHER), ocr(CLAIM, 0.4)], [OTHER, CLAIM]],
  ])('is doubtful with %s', (_, serials, seen) => {
    expect(judge(picture(...serials), CLAIM)).toMatchObject({ kind: 'doubtful', seen });
  });

  const at = { x: 0.1, y: 0.1, width: 0.2, height: 0.05 };

  it('tells how surely, by what, and where', () => {
    expect(judge(picture(ocr(CLAIM, 0.3), code(CLAIM, { place: at })), CLAIM)).toEqual({
      kind: 'shown',
      short: CLAIM,
      by: 'qrCode',
      confidence: 1,
      place: at,
    });
  });

  it.each([
    ['D12345679', 'one digit'],
    ['D12345687', 'two digits changed about'],
    ['012345678', 'a D that may be a 0'],
  ])('needs somebody to look when print says %s: %s away from the claim', (short) => {
    expect(judge(picture(ocr(short, 0.99)), CLAIM)).toMatchObject({
      kind: 'doubtful',
      why: 'near',
    });
  });

  it('is another device also when a code, which errs in nothing, is one digit away', () => {
    expect(judge(picture(code('D12345679')), CLAIM)).toMatchObject({ kind: 'another' });
  });

  it.each([
    ['a code that says almost the same', code('D12345679')],
    ['another reading of the same place', ocr('D12345679', 0.4)],
  ])('is not shown by print that is contradicted by %s', (_, rival) => {
    const reading = picture({ ...ocr(CLAIM, 0.95), place: at }, { ...rival, place: at });
    expect(judge(reading, CLAIM)).toMatchObject({ kind: 'doubtful', why: 'conflict' });
  });

  it('is shown by one line of a list although its neighbour differs in one digit', () => {
    const below = { ...at, y: 0.2 };
    const reading = picture(
      { ...ocr(CLAIM, 0.95), place: at },
      { ...ocr('D12345679', 0.95), place: below },
    );
    expect(judge(reading, CLAIM)).toMatchObject({ kind: 'shown', place: at });
  });

  it('is unreadable when a spoilt picture gives nothing but glimpses', () => {
    const reading = { ...picture(ocr('D12345671', 0.2)), trouble: 'blurred', fault: 'glare' };
    expect(judge(reading as Reading, CLAIM)).toEqual({
      kind: 'unreadable',
      why: 'blurred',
      fault: 'glare',
    });
  });

  it('is unreadable with the reason, if one is known', () => {
    const empty = picture();
    expect(judge(empty, CLAIM)).toEqual({ kind: 'unreadable', why: 'noCode' });
    expect(judge({ ...empty, trouble: 'blurred' } as Reading, CLAIM)).toEqual({
      kind: 'unreadable',
      why: 'blurred',
    });
    expect(judge({ outcome: 'refused', why: 'tooLarge' }, CLAIM)).toEqual({
      kind: 'unreadable',
      why: 'tooLarge',
    });
  });

  it('that no reader could look at is not read', () => {
    expect(judge({ outcome: 'failed' }, CLAIM)).toEqual({ kind: 'notRead' });
  });
});

const shown: Verdict = { kind: 'shown', short: CLAIM };
const doubtful: Verdict = { kind: 'doubtful', seen: [CLAIM] };
const another: Verdict = { kind: 'another', short: OTHER };
const notRead: Verdict = { kind: 'notRead' };
const unreadable: Verdict = { kind: 'unreadable', why: 'dark' };

describe('several pictures', () => {
  it('are decided by the best of them, in any order', () => {
    const ranked = [shown, doubtful, another, notRead, unreadable];
    fc.assert(
      fc.property(fc.shuffledSubarray(ranked, { minLength: 1 }), (verdicts) => {
        const best = ranked.find((verdict) => verdicts.includes(verdict));
        expect(judgeSet(verdicts)).toEqual(best);
      }),
    );
  });

  it('that show two other devices are doubtful', () => {
    const third: Verdict = { kind: 'another', short: 'F11111111' };
    expect(judgeSet([another, third, another])).toEqual({
      kind: 'doubtful',
      seen: [OTHER, 'F11111111'],
    });
    expect(judgeSet([another, unreadable, another])).toEqual(another);
  });

  it('that are doubtful say all that was seen', () => {
    const more: Verdict = { kind: 'doubtful', seen: [OTHER, CLAIM] };
    expect(judgeSet([doubtful, more])).toEqual({ kind: 'doubtful', seen: [CLAIM, OTHER] });
  });

  it('that are none are not read', () => {
    expect(judgeSet([])).toEqual(notRead);
  });

  it('survive being stored', () => {
    for (const verdict of [shown, doubtful, another, notRead, unreadable]) {
      expect(VerdictSchema.parse(JSON.parse(JSON.stringify(verdict)))).toEqual(verdict);
    }
  });
});
