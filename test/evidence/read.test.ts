import { monitorEventLoopDelay } from 'node:perf_hooks';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { Reading } from '../../src/domain/reading.ts';
import { judge } from '../../src/domain/verdict.ts';
import {
  animatedWebp,
  codePicture,
  finderPage,
  gifFile,
  heicFile,
  hugePicture,
  invoicePicture,
  jpegBomb,
  labelPicture,
  noisePicture,
  pdfFile,
  plainPicture,
  pngBomb,
  polyglotJpeg,
  sadpQrPicture,
  serialPage,
  shareQrPicture,
  spoil,
  svgFile,
  tiffBomb,
  truncatedJpeg,
  tvPagePicture,
  zipFile,
} from '../pictures/index.ts';
import { patientReader } from './patient.ts';

const reader = patientReader();
afterAll(() => reader.close());

const label = { serial: 'D12345678', code: 'QWERTY', model: 'DS-2CD2043G2-I', seed: 4 };

async function readingOf(file: Uint8Array, claim: string | null = null): Promise<Reading> {
  return (await reader.read(file, claim)).reading;
}

async function shortsIn(file: Uint8Array, claim: string | null = null): Promise<string[]> {
  const reading = await readingOf(file, claim);
  if (reading.outcome !== 'read') throw new Error(`expected a reading, got ${reading.outcome}`);
  return [...new Set(reading.serials.map((serial) => serial.short))];
}

/** 616 characters, as an export of the v3.1 kind. */
function sadpString(): string {
  const body = Buffer.from(
    `<code>\r\n<cmd>PhoneNoReset_v31</cmd>\r\n<RSAVersion>13</RSAVersion>\r\n<encryptedString>${'Ab3'.repeat(114)}Q=</encryptedString>\r\n</code>\r\n`,
  );
  return Buffer.concat([Buffer.from([0xff, 0xff, 0, 0]), body]).toString('base64');
}

describe('a photo of a label', () => {
  it('shows its serial and model, at their place', async () => {
    const reading = await readingOf(await labelPicture(label));
    expect(reading).toMatchObject({
      outcome: 'read',
      shareQr: false,
      serials: [{ short: 'D12345678', model: 'DS-2CD2043G2-I', by: 'qrCode', anchored: true }],
      quality: { width: 1600, height: 1200 },
    });
    expect(reading).not.toHaveProperty('trouble');
    // The label's QR is drawn right of the middle, in the upper half.
    const place = reading.outcome === 'read' ? reading.serials[0]?.place : undefined;
    expect(place?.x).toBeCloseTo(1010 / 1600, 1);
    expect(place?.y).toBeCloseTo(360 / 1200, 1);
  });

  it.each(['D12345678', '123456789', 'GB1234567'])(
    'never gives away the verification code beside %s',
    async (serial) => {
      const full = `DS-2CD2043G2-I20210105AAWR${serial}`;
      for (const said of [
        { ...label, serial },
        { ...label, serial, full },
      ]) {
        const picture = await labelPicture(said);
        for (const claim of [null, serial]) {
          const answer = await reader.read(picture, claim);
          expect(answer).toMatchObject({ reading: { serials: [{ short: serial }] } });
          expect(JSON.stringify(answer)).not.toContain(label.code);
        }
      }
    },
  );

  it('is read on from another number to the claimed serial', async () => {
    const picture = await labelPicture({ ...label, material: '301500123', codes: ['code128'] });
    expect(await shortsIn(picture, 'D12345678')).toContain('D12345678');
    expect(await shortsIn(picture, '301500123')).toContain('301500123');
  });

  it('shows another serial when the claim is wrong', async () => {
    const answer = await reader.read(await labelPicture(label), 'D12345679');
    expect(answer.reading).toMatchObject({
      serials: [{ short: 'D12345678', anchored: true }, {}, {}],
    });
    expect(JSON.stringify(answer)).not.toContain('D12345679');
    expect(JSON.stringify(answer)).not.toContain(label.code);
  });

  it.each([
    ['turned by 90', { turn: 90, jpeg: 80 }],
    ['upside down', { turn: 180, jpeg: 80 }],
    ['tilted', { turn: 12, jpeg: 80 }],
    ['small', { side: 480, jpeg: 90 }],
    ['a little out of focus', { blur: 2.5, jpeg: 80 }],
    ['in a cellar', { light: 0.2, jpeg: 90 }],
  ])('is read %s', async (_, faults) => {
    expect(await shortsIn(await labelPicture(label, faults))).toEqual(['D12345678']);
  });

  it('is read upright when the camera only noted how it was held', async () => {
    const lying = await labelPicture(label, { turn: 270 });
    const noted = await sharp(lying).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await readingOf(noted)).toMatchObject({
      serials: [{ short: 'D12345678' }],
      quality: { width: 1600, height: 1200 },
    });
  });

  it('is read from a WebP and from a PNG with see-through parts', async () => {
    const picture = await labelPicture(label, {});
    expect(await shortsIn(await sharp(picture).webp().toBuffer())).toEqual(['D12345678']);
    const clear = await sharp(picture).ensureAlpha(0.9).png().toBuffer();
    expect(await shortsIn(clear)).toEqual(['D12345678']);
  });

  it('says why when it is spoilt', async () => {
    const spoilt = { blurred: { blur: 9, jpeg: 80 }, small: { side: 170, jpeg: 80 } };
    for (const [trouble, faults] of Object.entries(spoilt)) {
      const reading = await readingOf(await labelPicture(label, faults), 'D12345678');
      expect(judge(reading, 'D12345678')).toMatchObject({ kind: 'unreadable', why: trouble });
    }
  });
});

describe('a photo of something else', () => {
  it.each([
    ['an invoice', invoicePicture],
    ["a recorder's menu", tvPagePicture],
    ['a wall', plainPicture],
  ])('shows no serial on %s', async (_, draw) => {
    expect(await readingOf(await draw())).toMatchObject({
      outcome: 'read',
      serials: [],
      shareQr: false,
      trouble: 'noCode',
    });
  });

  it('shows no serial in a code that says something else', async () => {
    const picture = await codePicture('qr', 'https://example.com/buy?item=123456789');
    expect(await shortsIn(picture)).toEqual([]);
  });

  it('is a SADP string beside the reading, never in it', async () => {
    const text = sadpString();
    const answer = await reader.read(await sadpQrPicture(text), 'D12345678');
    expect(answer.sadpString).toBe(text);
    expect(JSON.stringify(answer.reading)).not.toContain(text.slice(0, 12));
    expect(answer.reading).not.toHaveProperty('trouble');
  });

  it('is a SADP string from a photographed screen as well', async () => {
    const text = sadpString();
    const photo = await spoil(await sadpQrPicture(text), { turn: 4, blur: 0.7, jpeg: 75 });
    expect((await reader.read(photo, null)).sadpString).toBe(text);
  });

  it('is refused material when it is a share QR, and nothing of it goes on', async () => {
    const answer = await reader.read(await shareQrPicture(), null);
    expect(answer).toMatchObject({ reading: { outcome: 'read', shareQr: true, serials: [] } });
    expect(JSON.stringify(answer)).not.toContain('QRC03');
    expect(answer).not.toHaveProperty('sadpString');
  });
});

describe('a hostile or broken file', () => {
  it.each([
    ['a tiny PNG that claims 60000 x 60000', pngBomb, 'tooManyPixels'],
    ['a true 60-megapixel picture', hugePicture, 'tooManyPixels'],
    ['a JPEG that breaks off', truncatedJpeg, 'damaged'],
    ['a PNG without pixels', () => pngBomb(100, 100), 'damaged'],
    ['a zip', zipFile, 'notAPicture'],
    ['an SVG that names a file', svgFile, 'notAPicture'],
    ['a GIF', gifFile, 'unsupportedFormat'],
    ['a HEIC', heicFile, 'unsupportedFormat'],
    ['nothing', () => new Uint8Array(), 'notAPicture'],
    ['a JPEG that claims 99 megapixels', jpegBomb, 'tooManyPixels'],
    ['a TIFF that claims 60000 x 60000', tiffBomb, 'unsupportedFormat'],
    ['a PDF', pdfFile, 'notAPicture'],
    ['a JPEG mark and no more', () => Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'damaged'],
  ] as const)('is refused: %s', async (_, make, why) => {
    const file = await make();
    const before = reader.pid();
    expect(await readingOf(file)).toEqual({ outcome: 'refused', why });
    expect(await reader.tidy(file)).toEqual({ refused: why });
    expect(reader.pid()).toBe(before);
  });
});

describe('a picture that is hard work', () => {
  it.each([
    ['noise', () => noisePicture()],
    ['a page of finder patterns', () => finderPage()],
    ['a page full of serials', () => serialPage()],
    ['an endless animation', () => animatedWebp()],
  ] as const)('is given up in time and leaves the process alive: %s', async (_, make) => {
    const file = await make();
    const before = reader.pid();
    const reading = await readingOf(file, 'D12345678');
    expect(reading.outcome).toBe('read');
    expect(judge(reading, 'D12345678').kind).not.toBe('shown');
    expect(reader.pid()).toBe(before);
  });
});

describe('a photo that is kept', () => {
  it('has no place, camera or comment in it, and stands upright', async () => {
    const photo = await sharp(await plainPicture())
      .withExif({
        IFD0: { Make: 'CameraMaker' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 1/1 42/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">hidden</x:xmpmeta>')
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(photo.includes('CameraMaker')).toBe(true);
    const kept = await reader.tidy(photo);
    if (!('bytes' in kept)) throw new Error('expected a picture');
    expect(kept.mime).toBe('image/jpeg');
    const { exif, xmp, orientation, width, height } = await sharp(kept.bytes).metadata();
    expect({ exif, xmp, orientation }).toEqual({});
    expect([width, height]).toEqual([900, 1200]);
    expect(Buffer.from(kept.bytes).includes('CameraMaker')).toBe(false);
  });

  it('carries nothing behind its last byte', async () => {
    const kept = await reader.tidy(await polyglotJpeg());
    if (!('bytes' in kept)) throw new Error('expected a picture');
    expect(Buffer.from(kept.bytes).includes('PK\x03\x04')).toBe(false);
  });

  it('stays a PNG where a PNG came, is a JPEG otherwise, and stays inside 4096 pixels', async () => {
    const wide = await sharp(await plainPicture({}))
      .resize(6000, 1000, { fit: 'fill' })
      .png()
      .toBuffer();
    const png = await reader.tidy(wide);
    const webp = await reader.tidy(
      await sharp(await plainPicture())
        .webp()
        .toBuffer(),
    );
    if (!('bytes' in png && 'bytes' in webp)) throw new Error('expected pictures');
    expect([png.mime, webp.mime]).toEqual(['image/png', 'image/jpeg']);
    expect(await sharp(png.bytes).metadata()).toMatchObject({ format: 'png', width: 4096 });
    expect(await sharp(webp.bytes).metadata()).toMatchObject({ format: 'jpeg' });
  });

  it('can still be read', async () => {
    const kept = await reader.tidy(await labelPicture(label));
    if (!('bytes' in kept)) throw new Error('expected a picture');
    expect(await shortsIn(kept.bytes)).toEqual(['D12345678']);
  });
});

describe('the process that serves', () => {
  it('stays free while eight photos wait and are read', async () => {
    const photo = await labelPicture(label, { blur: 2, jpeg: 80 });
    const delay = monitorEventLoopDelay({ resolution: 2 });
    delay.enable();
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => reader.read(photo, 'D12345678', `person ${i}`)),
    );
    delay.disable();
    // 20 ms on a quiet machine; a reading in this process would hold it for hundreds.
    expect(delay.percentile(99) / 1e6).toBeLessThan(100);
  });
});
