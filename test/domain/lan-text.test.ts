import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyNot } from '../../src/domain/lan-device.ts';
import type { LanScan } from '../../src/domain/lan-scan.ts';
import { readScan, writeScan } from '../../src/domain/lan-text.ts';
import { scanOf } from '../conversations/scans.ts';
import { shortSerial } from './arbitrary.ts';

const STATES = ['', 'on', 'off', 'unsupported', 'inactive', 'unbound'];
const scans = fc
  .uniqueArray(shortSerial, { maxLength: 40 })
  .chain((serials) =>
    fc.tuple(...serials.map((one) => fc.constantFrom(...STATES).map((state) => `${one} ${state}`))),
  )
  .map((devices): LanScan => scanOf(devices));

/** What a pasted list has to keep of a device. */
const essence = (scan: LanScan) =>
  scan.devices.map((one) => [one.serial.short, one.model, one.ip, whyNot(one)]);

describe('a scan as text', () => {
  it('comes back as it was, in one part or several, however the chat breaks its lines', () => {
    fc.assert(
      fc.property(scans, fc.integer({ min: 1, max: 50 }), (scan, perPart) => {
        const parts = writeScan(scan, perPart);
        const pasted = `em gửi ạ: ${parts.join('\n\n').replaceAll('\n', ' \r\n ')}\ncảm ơn`;
        const found = readScan(pasted);
        if (found.kind !== 'scan') throw new Error(found.kind);
        expect(essence(found.scan)).toEqual(essence(scan));
        const { at, program, answered, scanId } = scan;
        expect(found.scan).toMatchObject({ at, program, answered, scanId });
      }),
    );
  });

  it('that was cut anywhere is damaged, never a shorter list', () => {
    const [text = ''] = writeScan(scanOf(['D10000001 on', 'D10000002 off']), 256);
    for (let length = 'UNBIND-LAN/1'.length; length < text.length; length += 1) {
      expect(readScan(text.slice(0, length)).kind, `at ${length}`).toBe('damaged');
    }
    expect(readScan(text.slice(20)).kind).toBe('damaged');
  });

  it('of which a character was changed is damaged', () => {
    const [text = ''] = writeScan(scanOf(['D10000001 on']), 256);
    expect(readScan(text.replace('D10000001', 'D10000007')).kind).toBe('damaged');
    expect(readScan(text.replace(' ok', ' off')).kind).toBe('damaged');
  });

  it('is not found in other texts', () => {
    for (const other of ['', 'D10000001', 'unbind-lan', 'em chạy unbind-lan rồi', 'UNBIND-LAN']) {
      expect(readScan(other).kind).toBe('none');
    }
  });

  it('keeps a part within 2,000 characters with 30 devices, and 256 within one file', () => {
    const many = scanOf(Array.from({ length: 256 }, (_, n) => `D${10_000_000 + n} inactive`));
    for (const part of writeScan(many, 30)) expect(part.length).toBeLessThan(2_000);
    expect(writeScan(many, 256)).toHaveLength(1);
    expect(writeScan(many, 256)[0]?.length).toBeLessThan(16_384);
  });

  it('never throws, and takes time in proportion to a text of beginnings', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readScan(text)));
    const begun = performance.now();
    expect(readScan('UNBIND-LAN/1 '.repeat(1_300)).kind).toBe('damaged');
    expect(readScan(`${'UNBIND-LAN/1 '.repeat(1_000)}UNBIND-LAN/END`).kind).toBe('damaged');
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
