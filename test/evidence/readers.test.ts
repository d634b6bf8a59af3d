import { describe, expect, it } from 'vitest';
import { clock } from '../../src/evidence/clock.ts';
import type { Code } from '../../src/evidence/readers/reader.ts';
import { boundsOf } from '../../src/evidence/readers/zxing.ts';
import { zxingCpp } from '../../src/evidence/readers/zxing-cpp.ts';
import { zxingCppDeep, zxingCppLabel } from '../../src/evidence/readers/zxing-cpp-deep.ts';
import { zxingPrepared } from '../../src/evidence/readers/zxing-prepared.ts';
import { zxingBars, zxingQuick, zxingTiles } from '../../src/evidence/readers/zxing-quick.ts';
import {
  codePicture,
  invoicePicture,
  labelPicture,
  labelText,
  pairPicture,
  plainPicture,
  spoil,
} from '../pictures/index.ts';
import { allCodes, firstCode, pictureOf, UNHURRIED } from './views.ts';

const label = { serial: 'D12345678', code: 'QWERTY', model: 'DS-2CD2043G2-I' };

function texts(codes: readonly Code[]): string[] {
  return [...new Set(codes.map((code) => `${code.by}: ${code.text}`))].sort();
}

describe('the reader of bars', () => {
  it('finds every one of a label, not only the first', async () => {
    const picture = await labelPicture({ ...label, material: '301500123' });
    expect(texts(await allCodes(zxingBars, picture))).toEqual([
      'code128: 301500123',
      'code128: D12345678',
    ]);
  });

  it.each([0, 90, 180, 270])('reads them in a picture turned by %i degrees', async (turn) => {
    const picture = await codePicture('code128', 'GB1234567', { turn, jpeg: 80 });
    expect(texts(await allCodes(zxingBars, picture))).toEqual(['code128: GB1234567']);
  });

  it('finds nothing in clutter', async () => {
    expect(await allCodes(zxingBars, await plainPicture())).toEqual([]);
  });
});

describe('the quick reader', () => {
  it("finds a label's QR code", async () => {
    const picture = await labelPicture({ ...label, material: '301500123' });
    expect(texts(await allCodes(zxingQuick, picture))).toEqual([`qrCode: ${labelText(label)}`]);
  });

  it('tells where a code lies in the upright picture', async () => {
    const [code] = await allCodes(zxingQuick, await codePicture('qr', label.serial, { turn: 90 }));
    // Drawn at 300, 200 in 1200 x 900, about 116 px a side with its quiet zone; turned, the picture is 900 x 1200.
    const { from, to } = boundsOf(code?.corners ?? []);
    expect(from.x * 900).toBeGreaterThan(900 - 200 - 140);
    expect(to.x * 900).toBeLessThan(900 - 200);
    expect(from.y * 1200).toBeGreaterThan(300);
    expect(to.y * 1200).toBeLessThan(300 + 140);
  });

  it('finds nothing in clutter', async () => {
    expect(await allCodes(zxingQuick, await plainPicture())).toEqual([]);
  });

  it('stops when its time is up', async () => {
    const { view } = await pictureOf(await labelPicture(label));
    expect(await zxingQuick.find({ view, claim: null, ...clock(-1) }).next()).toEqual({
      done: true,
    });
  });
});

describe('the reader of tiles', () => {
  it('finds two QR codes that lie side by side', async () => {
    const picture = await pairPicture('first of two', 'second of two');
    expect(texts(await allCodes(zxingTiles, picture))).toEqual([
      'qrCode: first of two',
      'qrCode: second of two',
    ]);
  });

  it('reads a Data Matrix away from the middle', async () => {
    const picture = await codePicture('dataMatrix', 'GB1234567');
    expect(texts(await allCodes(zxingTiles, picture))).toEqual(['dataMatrix: GB1234567']);
  });
});

describe('the reader of prepared bitmaps', () => {
  it('reads what the quick one cannot: a QR in white on black', async () => {
    const inverted = await spoil(await labelPicture({ ...label, codes: ['qr'] }), { invert: true });
    expect(await firstCode(zxingQuick, inverted)).toBeUndefined();
    expect((await firstCode(zxingPrepared, inverted))?.text).toBe(labelText(label));
  });

  it.each([-20, 20])('reads bars that lean by %i degrees, and tells their place', async (turn) => {
    const upright = await codePicture('code128', 'GB1234567', {});
    const leaning = await spoil(upright, { turn, jpeg: 85 });
    expect(await firstCode(zxingQuick, leaning)).toBeUndefined();
    const code = await firstCode(zxingPrepared, leaning);
    expect(code?.text).toBe('GB1234567');
    const { width, height } = await pictureOf(leaning);
    const { from, to } = boundsOf(code?.corners ?? []);
    const centre = { x: ((from.x + to.x) / 2) * width, y: ((from.y + to.y) / 2) * height };
    // The bars' centre, about 300 + 150, 200 + 25 in 1200 x 900, turned about the picture's centre.
    const angle = (turn * Math.PI) / 180;
    const [dx, dy] = [450 - 600, 225 - 450];
    const expected = {
      x: width / 2 + dx * Math.cos(angle) - dy * Math.sin(angle),
      y: height / 2 + dx * Math.sin(angle) + dy * Math.cos(angle),
    };
    expect(Math.hypot(centre.x - expected.x, centre.y - expected.y)).toBeLessThan(70);
  });

  it('finds nothing in print or clutter', async () => {
    expect(await allCodes(zxingPrepared, await invoicePicture({ side: 700 }))).toEqual([]);
    expect(await allCodes(zxingPrepared, await plainPicture({ side: 600 }))).toEqual([]);
  });
});

describe('zxing-cpp', () => {
  it('finds every code of a label in one go, and tells where they lie', async () => {
    const picture = await labelPicture({
      ...label,
      material: '301500123',
      codes: ['qr', 'code128', 'dataMatrix'],
    });
    const codes = await allCodes(zxingCpp, picture);
    expect(texts(codes)).toEqual([
      'code128: 301500123',
      'code128: D12345678',
      'dataMatrix: D12345678',
      `qrCode: ${labelText(label)}`,
    ]);
    const { from, to } = boundsOf(codes.find(({ by }) => by === 'qrCode')?.corners ?? []);
    // The label's QR is drawn right of the middle, in the upper half.
    expect(from.x).toBeCloseTo(955 / 1600, 1);
    expect(to.x).toBeCloseTo(1220 / 1600, 1);
  });

  it('reads bars at any angle when it may prepare the picture', async () => {
    const leaning = await spoil(await codePicture('code128', 'GB1234567', {}), {
      turn: 20,
      jpeg: 85,
    });
    expect((await firstCode(zxingCppDeep, leaning))?.text).toBe('GB1234567');
  });

  it('lays a label level by its print and averages noisy bars', async () => {
    const picture = await labelPicture({ ...label, codes: ['code128'] }, { turn: 33, jpeg: 60 });
    const { view } = await pictureOf(picture);
    const { width, height } = view.grey;
    // Two lines of print, as a reader of text would have left them.
    const angle = (33 * Math.PI) / 180;
    const line = (dx: number, dy: number) => ({
      x: width / 2 + dx * Math.cos(angle) - dy * Math.sin(angle),
      y: height / 2 + dx * Math.sin(angle) + dy * Math.cos(angle),
      width: 400,
      height: 44,
      angle,
    });
    const lines = [line(-220, -240), line(-220, -170)];
    const found: string[] = [];
    for await (const { text } of zxingCppLabel.find({
      view,
      claim: null,
      ...UNHURRIED,
      print: { lines, grey: view.grey, side: 960 },
    })) {
      found.push(text);
    }
    expect(found.filter((text) => text === label.serial).length).toBeGreaterThanOrEqual(2);
  });

  it('finds nothing in clutter or print', async () => {
    expect(await allCodes(zxingCpp, await plainPicture())).toEqual([]);
    expect(await allCodes(zxingCpp, await invoicePicture())).toEqual([]);
  });
});
