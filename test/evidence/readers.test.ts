import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/evidence/readers/reader.ts';
import { boundsOf } from '../../src/evidence/readers/zxing.ts';
import { zxingPrepared } from '../../src/evidence/readers/zxing-prepared.ts';
import { zxingQuick } from '../../src/evidence/readers/zxing-quick.ts';
import {
  codePicture,
  invoicePicture,
  labelPicture,
  labelText,
  pairPicture,
  plainPicture,
  spoil,
} from '../pictures/index.ts';
import { allCodes, firstCode, pictureOf } from './views.ts';

const label = { serial: 'D12345678', code: 'QWERTY', model: 'DS-2CD2043G2-I' };

function texts(codes: readonly Code[]): string[] {
  return [...new Set(codes.map((code) => `${code.by}: ${code.text}`))].sort();
}

describe('the quick reader', () => {
  it('finds every code of a label, not only the first', async () => {
    const picture = await labelPicture({
      ...label,
      material: '301500123',
    });
    expect(texts(await allCodes(zxingQuick, picture))).toEqual([
      'code128: 301500123',
      'code128: D12345678',
      `qrCode: ${labelText(label)}`,
    ]);
  });

  it.each([0, 90, 180, 270])('reads bars in a picture turned by %i degrees', async (turn) => {
    const picture = await codePicture('code128', 'GB1234567', { turn, jpeg: 80 });
    expect(texts(await allCodes(zxingQuick, picture))).toEqual(['code128: GB1234567']);
  });

  it('finds two QR codes that lie side by side', async () => {
    const picture = await pairPicture('first of two', 'second of two');
    expect(texts(await allCodes(zxingQuick, picture))).toEqual([
      'qrCode: first of two',
      'qrCode: second of two',
    ]);
  });

  it('reads a Data Matrix away from the middle', async () => {
    const picture = await codePicture('dataMatrix', 'GB1234567');
    expect(texts(await allCodes(zxingQuick, picture))).toEqual(['dataMatrix: GB1234567']);
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
    expect(await zxingQuick.find(view, () => true).next()).toEqual({ done: true });
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
