import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { judge } from '../../src/domain/verdict.ts';
import { zxingCpp } from '../../src/evidence/readers/zxing-cpp.ts';
import {
  codePicture,
  labelPicture,
  plainPicture,
  printedLabel,
  sadpQrPicture,
  truncatedJpeg,
} from '../pictures/index.ts';
import { patientReader } from './patient.ts';
import { allCodes } from './views.ts';

const reader = patientReader();
afterAll(() => reader.close());

async function kept(answer: Promise<unknown>): Promise<Buffer> {
  const tidied = await answer;
  if (typeof tidied !== 'object' || tidied === null || !('bytes' in tidied))
    throw new Error('expected a picture');
  return Buffer.from(tidied.bytes as Uint8Array);
}

/** What a rectangle holds, in pixels. */
async function statsAt(file: Buffer, left: number, top: number, width: number, height: number) {
  const cut = await sharp(file).extract({ left, top, width, height }).png().toBuffer();
  return (await sharp(cut).stats()).channels.slice(0, 3);
}

async function colourAt(...at: Parameters<typeof statsAt>) {
  return (await statsAt(...at)).map(({ mean }) => Math.round(mean));
}

async function lightestAt(...at: Parameters<typeof statsAt>) {
  return Math.max(...(await statsAt(...at)).map(({ max }) => max));
}

const label = { serial: 'D12345678', code: 'QWERTY', model: 'DS-2CD2043G2-I', seed: 4 };

describe('a masked picture', () => {
  it('has no QR that carries a verification code, and still shows the bars of the serial', async () => {
    const masked = await kept(reader.mask(await labelPicture(label)));
    const codes = await allCodes(zxingCpp, masked);
    expect(codes.map(({ by, text }) => `${by} ${text}`)).toEqual(['code128 D12345678']);
  });

  it('has no SADP string', async () => {
    const text = Buffer.concat([Buffer.from([3, 0, 0, 0]), Buffer.alloc(90, 9)]).toString('base64');
    expect(await allCodes(zxingCpp, await kept(reader.mask(await sadpQrPicture(text))))).toEqual(
      [],
    );
  });

  it('keeps a QR that is nothing but the serial', async () => {
    const masked = await kept(reader.mask(await codePicture('qr', 'D12345678')));
    expect((await allCodes(zxingCpp, masked)).map(({ text }) => text)).toEqual(['D12345678']);
  });

  it('has its printed verification code covered, and its serial not', async () => {
    const masked = await kept(reader.mask(await printedLabel('D12345678', 'QWERTY')));
    // The code's line stands at 190..700, 562..600 in 1300 x 900; the serial's at 190..480, 422..460.
    const [code, serial] = [
      await colourAt(masked, 240, 570, 400, 26),
      await colourAt(masked, 200, 425, 250, 34),
    ];
    expect(code.every((level) => level < 70)).toBe(true);
    expect(serial.every((level) => level > 150)).toBe(true);
    const { reading } = await reader.read(masked, 'D12345678');
    expect(judge(reading, 'D12345678')).toMatchObject({ kind: 'shown', by: 'ocr' });
  });

  it('has the code covered that is printed light on dark, and its serial not', async () => {
    const dark = await sharp(await printedLabel('D12345678', 'QWERTY'))
      .negate()
      .png()
      .toBuffer();
    const masked = await kept(reader.mask(dark));
    expect(await lightestAt(dark, 240, 570, 400, 26)).toBeGreaterThan(200);
    expect(await lightestAt(masked, 240, 570, 400, 26)).toBeLessThan(70);
    expect(await lightestAt(masked, 200, 425, 250, 34)).toBeGreaterThan(200);
  });

  it('is the picture itself where nothing is secret, and a refusal where it cannot be opened', async () => {
    const masked = await kept(reader.mask(await plainPicture()));
    expect(masked.equals(await kept(reader.tidy(await plainPicture())))).toBe(true);
    expect(await reader.mask(await truncatedJpeg())).toEqual({ refused: 'damaged' });
  });
});

describe('an outlined picture', () => {
  it('has a frame around the place, with the place itself untouched', async () => {
    const picture = await plainPicture();
    const place = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    const drawn = await kept(reader.outline(picture, [place]));
    // Three pixels of frame, twelve outside of the place.
    const [red = 0, green = 255] = await colourAt(drawn, 289, 300, 1, 200);
    expect(red).toBeGreaterThan(150);
    expect(green).toBeLessThan(110);
    const [before, after] = [
      await colourAt(picture, 500, 400, 100, 100),
      await colourAt(drawn, 500, 400, 100, 100),
    ];
    for (const [at, level] of before.entries())
      expect(Math.abs(level - (after[at] ?? 0))).toBeLessThan(4);
  });

  it('clips a place that reaches beyond the picture', async () => {
    const drawn = reader.outline(await plainPicture(), [
      { x: 0.9, y: -0.1, width: 0.4, height: 2 },
    ]);
    expect((await kept(drawn)).length).toBeGreaterThan(1000);
  });
});
