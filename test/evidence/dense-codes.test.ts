import { GenericGF, ReedSolomonEncoder } from '@zxing/library';
import bwipjs from 'bwip-js/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../src/evidence/qr/matrix.ts';
import { corrected } from '../../src/evidence/qr/reed-solomon.ts';
import { qrEqualised } from '../../src/evidence/readers/qr-equalised.ts';
import { zxingCpp } from '../../src/evidence/readers/zxing-cpp.ts';
import { zxingCppDeep } from '../../src/evidence/readers/zxing-cpp-deep.ts';
import { finderPage, invoicePicture, plainPicture, sadpQrPicture } from '../pictures/index.ts';
import { allCodes } from './views.ts';

/** 616 characters, as long as the longest export; 93 modules a side. */
const dense = Buffer.from(
  Array.from({ length: 462 }, (_, i) => (i * i * 7 + i * 13) % 256),
).toString('base64');

async function textsOf(file: Buffer): Promise<string[]> {
  return (await allCodes(qrEqualised, file)).map(({ text }) => text);
}

describe('the reader of codes whose modules run together', () => {
  it.each([
    ['upright', 0],
    ['leaning', 8],
    ['on its side', 90],
    ['upside down', 187],
  ])('reads a dense code off a screen, %s, which zxing-cpp cannot', async (_, turn) => {
    const picture = await sadpQrPicture(dense, { turn, side: 520, blur: 0.95, jpeg: 80 });
    expect(await allCodes(zxingCpp, picture)).toEqual([]);
    expect(await allCodes(zxingCppDeep, picture)).toEqual([]);
    expect(await textsOf(picture)).toEqual([dense]);
  });

  it('tells where the code lies', async () => {
    const [code] = await allCodes(qrEqualised, await sadpQrPicture(dense));
    // Drawn at 620, 180 with a quiet zone of 16 pixels; 93 modules of 4 pixels; the picture is 1280 x 800.
    const [corner, , across] = code?.corners ?? [];
    expect((corner?.x ?? 0) * 1280).toBeCloseTo(636, -1);
    expect((corner?.y ?? 0) * 800).toBeCloseTo(196, -1);
    expect((across?.x ?? 0) * 1280).toBeCloseTo(1008, -1);
    expect((across?.y ?? 0) * 800).toBeCloseTo(568, -1);
  });

  it.each([
    ['clutter', plainPicture],
    ['print', invoicePicture],
    ['a page of finder marks', finderPage],
  ])('reads nothing in %s', async (_, draw) => {
    expect(await textsOf(await draw())).toEqual([]);
  });

  it('says nothing about a code that is too far gone', async () => {
    expect(await textsOf(await sadpQrPicture(dense, { side: 330, blur: 1.4, jpeg: 40 }))).toEqual(
      [],
    );
  });
});

describe('what is the same in every code of a size', () => {
  it.each([20, 130, 300, 616, 1500])('agrees with a drawn code of %i characters', (length) => {
    const [drawn] = bwipjs.raw({ bcid: 'qrcode', text: 'a'.repeat(length) }) as unknown as {
      pixs: number[];
      pixx: number;
    }[];
    const { known } = frameOf(drawn?.pixx ?? 0);
    const differ = [...known].filter(
      (dark, i) => dark !== 0 && dark > 0 !== (drawn?.pixs[i] === 1),
    );
    expect(differ).toEqual([]);
  });
});

describe('correcting a block', () => {
  const CHECKS = 26;
  const block = fc.uint8Array({ minLength: 44, maxLength: 44 }).map((data) => {
    const words = new Int32Array(44 + CHECKS);
    words.set(data);
    new ReedSolomonEncoder(GenericGF.QR_CODE_FIELD_256).encode(words, CHECKS);
    return [...words];
  });
  const spoilt = fc
    .tuple(
      block,
      fc.uniqueArray(fc.nat(69), { maxLength: CHECKS }),
      fc.array(fc.integer({ min: 1, max: 255 }), { minLength: CHECKS, maxLength: CHECKS }),
      fc.nat(CHECKS),
    )
    .map(([words, places, by, given]) => {
      const doubtful = places.slice(0, given);
      const damaged = [...words];
      for (const [i, place] of places.entries())
        damaged[place] = (words[place] ?? 0) ^ (by[i] ?? 1);
      return { words, damaged, doubtful, cost: 2 * places.length - doubtful.length };
    });

  it('mends as many errors and doubtful places as its checks pay for', () => {
    fc.assert(
      fc.property(spoilt, ({ words, damaged, doubtful, cost }) => {
        fc.pre(cost <= CHECKS);
        expect(corrected(damaged, CHECKS, doubtful, 0)).toEqual(words);
      }),
    );
  });

  it('keeps checks over where it is told to, so that noise does not pass for a block', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(255), { minLength: 70, maxLength: 70 }),
        fc.uniqueArray(fc.nat(69), { minLength: 0, maxLength: 18 }),
        (noise, doubtful) => {
          expect(corrected(noise, CHECKS, doubtful, 4)).toBeNull();
        },
      ),
    );
  });
});
