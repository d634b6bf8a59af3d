import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSadpFileName } from '../../src/domain/sadp-file-name.ts';
import { shortSerial } from './arbitrary.ts';

/** 15:30 in Vietnam. */
const AT = Date.UTC(2026, 10, 23, 8, 30);
const SERIAL = { short: 'D12345678' };

describe('the name of an exported file', () => {
  it.each([
    '[D12345678]-[202611231530].xml',
    'D12345678-202611231530.xml',
    'd12345678-202611231530.XML',
    'D12345678-202611231530 (1).xml',
    'D12345678-202611231530(2).xml',
    'D12345678-202611231530 - Copy.xml',
    '_D12345678_-_202611231530_.xml',
    'D12345678-20261123153045.xml',
    'D12345678-202611231530.xml.txt',
    'C:\\Users\\a\\D12345678-202611231530.xml',
  ])('%s gives serial and time', (name) => {
    expect(parseSadpFileName(name)).toEqual({ serial: SERIAL, exportedAt: AT });
  });

  it('may hold a full serial', () => {
    const full = 'DS-2CD2T43G2-4I20210105AAWRF10203040';
    expect(parseSadpFileName(`${full}-202611231530.xml`)).toEqual({
      serial: { short: 'F10203040', full, model: 'DS-2CD2T43G2-4I' },
      exportedAt: AT,
    });
  });

  it('may hold a full serial whose slash could not be written', () => {
    const name = 'DS-7608NI-E2_8P0820160211AAWR123456789WCVU-202611231530.xml';
    expect(parseSadpFileName(name)).toEqual({ serial: { short: '123456789' }, exportedAt: AT });
  });

  it('may lack one of both', () => {
    expect(parseSadpFileName('D12345678.xml')).toEqual({ serial: SERIAL, exportedAt: null });
    expect(parseSadpFileName('export-202611231530.xml')).toEqual({ serial: null, exportedAt: AT });
  });

  it('gives no time that no clock shows', () => {
    for (const time of ['202613231530', '202602301530', '202611232530', '202611231560']) {
      expect(parseSadpFileName(`D12345678-${time}.xml`)).toEqual({
        serial: SERIAL,
        exportedAt: null,
      });
    }
  });

  it.each(['DeviceKey.xml', 'Encrypt.xml', 'DeviceGUID.xml', 'DeviceKey (1).xml', '', '.xml'])(
    '%j says nothing',
    (name) => expect(parseSadpFileName(name)).toBeNull(),
  );

  it('is read back as it was written', () => {
    const minutes = fc.integer({
      min: Date.UTC(2020, 0) / 60_000,
      max: Date.UTC(2090, 0) / 60_000,
    });
    fc.assert(
      fc.property(shortSerial, minutes, fc.boolean(), (short, minute, brackets) => {
        const exportedAt = minute * 60_000;
        const local = new Date(exportedAt + 7 * 3_600_000).toISOString();
        const time = local.slice(0, 16).replace(/\D/g, '');
        const name = brackets ? `[${short}]-[${time}].xml` : `${short}-${time}.xml`;
        expect(parseSadpFileName(name)).toEqual({ serial: { short }, exportedAt });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        parseSadpFileName(name);
      }),
    );
  });
});
