import { afterAll, describe, expect, it } from 'vitest';
import { judge } from '../../src/domain/verdict.ts';
import { Chance, inventDevice } from '../bench/evidence/facts.ts';
import { pictures } from '../bench/evidence/maker.ts';
import { sadpList, tvPage } from '../bench/evidence/papers.ts';
import { printedLabel, printedPicture } from '../pictures/index.ts';
import { seeded } from '../pictures/random.ts';
import { patientReader } from './patient.ts';

const reader = patientReader();
afterAll(() => reader.close());

async function verdictOf(file: Buffer, claim: string) {
  return judge((await reader.read(file, claim)).reading, claim);
}

describe('a label in print alone', () => {
  it.each(['D12345678', '246813579', 'GB1234567'])('shows %s, at its place', async (serial) => {
    const verdict = await verdictOf(await printedLabel(serial, 'QWERTY'), serial);
    expect(verdict).toMatchObject({ kind: 'shown', short: serial, by: 'ocr' });
    const place = verdict.kind === 'shown' ? verdict.place : undefined;
    // "S/N: " begins at 190, 460 - 38 in 1300 x 900.
    expect(place?.x).toBeCloseTo(270 / 1300, 1);
    expect((place?.y ?? 0) * 900).toBeGreaterThan(410);
    expect((place?.y ?? 0) * 900).toBeLessThan(460);
  });

  it.each([90, 180, 270, 20])('is read turned by %i degrees', async (turn) => {
    const picture = await printedLabel('D12345678', 'QWERTY', { turn, jpeg: 80 });
    expect(await verdictOf(picture, 'D12345678')).toMatchObject({ kind: 'shown' });
  });

  it('never shows a serial that is one character off: somebody has to look', async () => {
    const picture = await printedLabel('D12345678', 'QWERTY');
    for (const claim of ['D12345679', '012345678']) {
      expect(await verdictOf(picture, claim)).toMatchObject({ kind: 'doubtful', why: 'near' });
    }
  });

  it('shows another device when the claim is far from what it says', async () => {
    expect(await verdictOf(await printedLabel('D12345678', 'QWERTY'), 'GB7654321')).toMatchObject({
      kind: 'another',
      short: 'D12345678',
    });
  });

  it('does not show a 3 where a small blurred J stands, though every reading of the line says so', async () => {
    expect.assertions(2);
    for await (const { sample } of pictures(24, 34, 1)) {
      expect(sample.serials).toEqual(['J44440918']);
      expect((await verdictOf(sample.bytes, '344440918')).kind).not.toBe('shown');
    }
  });

  it('does not take its material number for a serial', async () => {
    const picture = await printedLabel('D12345678', 'QWERTY');
    expect((await verdictOf(picture, '301500123')).kind).not.toBe('shown');
  });

  it('never gives away the verification code', async () => {
    const answer = await reader.read(await printedLabel('D12345678', 'QWERTY'), 'D99999999');
    expect(JSON.stringify(answer)).not.toContain('QWERTY');
  });
});

describe('other print', () => {
  it('shows a serial that its mark runs into', async () => {
    const picture = await printedPicture([
      { text: 'DS-2CD2043G2-I', x: 190, y: 330, size: 38 },
      { text: 'S/N246813579', x: 190, y: 420, size: 38 },
      { text: 'P/N301500123', x: 190, y: 510, size: 38 },
    ]);
    expect(await verdictOf(picture, '246813579')).toMatchObject({ kind: 'shown', by: 'ocr' });
    expect((await verdictOf(picture, '301500123')).kind).not.toBe('shown');
  });

  it('shows the serial below its heading in an invoice, and not the customer number', async () => {
    const picture = await printedPicture([
      { text: 'HÓA ĐƠN BÁN HÀNG', x: 300, y: 80, size: 44 },
      { text: 'Mã khách hàng: 987654321', x: 40, y: 170, size: 32 },
      { text: 'Tên hàng', x: 40, y: 270, size: 32 },
      { text: 'Số sê-ri', x: 520, y: 270, size: 32 },
      { text: 'Camera DS-2CD2043G2-I', x: 40, y: 340, size: 32 },
      { text: 'D12345678', x: 520, y: 340, size: 32 },
      { text: 'Tổng cộng: 1.250.000 đồng', x: 480, y: 470, size: 32 },
    ]);
    expect(await verdictOf(picture, 'D12345678')).toMatchObject({ kind: 'shown' });
    expect((await verdictOf(picture, '987654321')).kind).not.toBe('shown');
  });

  it("shows the serial of a recorder's page on a television", async () => {
    const chance = new Chance(seeded(3));
    const device = inventDevice(chance);
    const { png } = await tvPage(chance, device, true);
    expect(await verdictOf(png, device.short)).toMatchObject({ kind: 'shown', by: 'ocr' });
  });

  it.each([
    ['small on a page that fills little of the photo', 1, 57],
    ['small in a photo of few pixels', 27, 46],
    ['in a line that runs out of the part looked at', 27, 3],
  ])('shows a serial that is light on dark, %s', async (_, seed, index) => {
    expect.assertions(1);
    for await (const { sample } of pictures(seed, index, 1)) {
      const [serial = ''] = sample.serials;
      expect(await verdictOf(sample.bytes, serial)).toMatchObject({ kind: 'shown', by: 'ocr' });
    }
  });

  it("offers the devices of SADP's list, and none of them as the one that is meant", async () => {
    const chance = new Chance(seeded(4));
    const devices = [1, 2, 3].map(() => inventDevice(chance));
    const { png } = await sadpList(chance, devices);
    const { reading } = await reader.read(png, null);
    expect(reading).toMatchObject({ outcome: 'read', sadpList: true });
    const shorts = reading.outcome === 'read' ? reading.serials.map(({ short }) => short) : [];
    expect(shorts.toSorted()).toEqual(devices.map(({ short }) => short).toSorted());
  });

  it('has a fingerprint that survives being sent again, smaller', async () => {
    const [large, small, other] = await Promise.all(
      [
        printedLabel('D12345678', 'QWERTY'),
        printedLabel('D12345678', 'QWERTY', { side: 700, jpeg: 50 }),
        printedPicture([{ text: 'S/N: D12345678', x: 500, y: 500 }], { turn: 90, jpeg: 85 }),
      ].map(async (file) => (await reader.read(await file, 'D12345678')).reading),
    );
    const bits = (one: typeof large) =>
      one?.outcome === 'read' ? BigInt(`0x${one.fingerprint ?? '0'}`) : 0n;
    const differ = (a: bigint, b: bigint) => (a ^ b).toString(2).replaceAll('0', '').length;
    expect(differ(bits(large), bits(small))).toBeLessThanOrEqual(8);
    expect(differ(bits(large), bits(other))).toBeGreaterThan(8);
  });
});
