import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differingPlaces,
  isFullSerial,
  namesSerial,
  parseSerial,
  SerialSchema,
  sameDevice,
} from '../../src/domain/serial.ts';
import { fullSerial, shortSerial } from './arbitrary.ts';

/** The shapes of 23 serials from public dumps, with made-up digits. */
const FAMILIES: readonly [full: string, model: string, short: string][] = [
  ['DS-2CD2T43G2-4I20210105AAWRF10203040', 'DS-2CD2T43G2-4I', 'F10203040'],
  ['DS-2CD2032-I20151217AACH510203040', 'DS-2CD2032-I', '510203040'],
  ['DS-2CD2320D-I20180919AACHC50607080', 'DS-2CD2320D-I', 'C50607080'],
  ['DS-2CD2385G1-I20190402AAWRD20304050', 'DS-2CD2385G1-I', 'D20304050'],
  ['DS-2CD2T47G1-L20190816AAWRD70809010', 'DS-2CD2T47G1-L', 'D70809010'],
  ['DS-2CD2143G2-IU20230214AAWRAA1020304', 'DS-2CD2143G2-IU', 'AA1020304'],
  ['DS-2DE4425IW-DE20220718AAWRK30405060', 'DS-2DE4425IW-DE', 'K30405060'],
  ['DS-2CD102320240311AAWRGA2030405', 'DS-2CD1023', 'GA2030405'],
  ['IDS-2CD7A46G0-IZHS20210923AAWRG40506070', 'IDS-2CD7A46G0-IZHS', 'G40506070'],
  ['DS-TCG406-E20240109AACHFG1020304', 'DS-TCG406-E', 'FG1020304'],
  ['DS-7208HUHI-F2/N/A0820160422CCWR601020304WCVU', 'DS-7208HUHI-F2/N/A', '601020304'],
  ['DS-7608NI-I2/8P0820190316CCRRD31020304WCVU', 'DS-7608NI-I2/8P', 'D31020304'],
  ['DS-7608NI-E2/8P0820160211AAWR123456789WCVU', 'DS-7608NI-E2/8P', '123456789'],
  ['DS-7616NI-K2/16P1620200617CCWRE10203040WCVU', 'DS-7616NI-K2/16P', 'E10203040'],
  ['DS-7104HGHI-F10420171108AAWR810203040WCVU', 'DS-7104HGHI-F1', '810203040'],
  ['IDS-7204HUHI-M1/S0420230522CCWRGB1020304WCVU', 'IDS-7204HUHI-M1/S', 'GB1020304'],
  ['DS-KV6113-WPE1(C)0120250625RRGC1020304', 'DS-KV6113-WPE1(C)', 'GC1020304'],
  ['DS-KV9503-WBE10020230627ENAD1020304', 'DS-KV9503-WBE1', 'AD1020304'],
  ['DS-KH6320-WTE10120210618WRQ10203040CLU', 'DS-KH6320-WTE1', 'Q10203040'],
  ['DS-K1T341CMFW20230901V030315ENFH1020304', 'DS-K1T341CMFW', 'FH1020304'],
  ['DS-K1T342MFWX-E120260629V044840ENGN1020304', 'DS-K1T342MFWX-E1', 'GN1020304'],
  ['DS-K1T80420190610V010203WRD60708090', 'DS-K1T804', 'D60708090'],
  ['CS-C6TC-32WFR0120170327CCCH710203040', 'CS-C6TC-32WFR', '710203040'],
];

describe('a full serial', () => {
  it.each(FAMILIES)('%s is %s with the short serial %s', (full, model, short) => {
    expect(parseSerial(full)).toEqual({ kind: 'serial', serial: { short, full, model } });
    expect(isFullSerial(full)).toBe(true);
  });

  it('may be typed in lower case with spaces between its parts', () => {
    const parsed = parseSerial('ds-7608ni-e2/8p 08 20160211 aa wr 123456789');
    const full = 'DS-7608NI-E2/8P0820160211AAWR123456789';
    expect(parsed).toMatchObject({ kind: 'serial', serial: { short: '123456789', full } });
  });

  it('gives its short serial also when the model ends in 20 before a date of 2020', () => {
    const parsed = parseSerial('DS-2CD202020200101AAWRD12345678');
    expect(parsed).toMatchObject({ kind: 'serial', serial: { short: 'D12345678' } });
  });

  it('is taken with a warning when the model is of an unknown family', () => {
    const parsed = parseSerial('HWI-B120H20200101AAWRD12345678');
    expect(parsed).toMatchObject({ kind: 'serial', unknownModel: true });
  });

  it('is mended where a letter can only be a digit, and says so', () => {
    const parsed = parseSerial('DS-7608NI-E2/8P0820160211AAWRD1234567O');
    const full = 'DS-7608NI-E2/8P0820160211AAWRD12345670';
    expect(parsed).toMatchObject({ serial: { short: 'D12345670', full }, corrected: true });
  });

  it('that was cut off is too short, not a short serial', () => {
    const seen = 'DS-7608NI-E2/8P0820160211AAWR12345678';
    expect(parseSerial(seen)).toEqual({ kind: 'malformed', seen, problem: 'tooShort' });
    expect(isFullSerial(seen)).toBe(false);
  });

  it('is found in any noise, with its model', () => {
    fc.assert(
      fc.property(fullSerial, ({ full, short, model }) => {
        const parsed = parseSerial(`Gỡ giúp em con này:\n${full.toLowerCase()}, cảm ơn ạ.`);
        expect(parsed).toEqual({ kind: 'serial', serial: { short, full, model } });
      }),
    );
  });
});

const FRAMES: readonly ((serial: string) => string)[] = [
  (s) => s,
  (s) => s.toLowerCase(),
  (s) => `  ${s}\r\n`,
  (s) => `S/N: ${s}`,
  (s) => `SN:${s}`,
  (s) => `SN ${s}`,
  (s) => `Serial No. ${s}`,
  (s) => `serial number: ${s.toLowerCase()}`,
  (s) => `Số sê-ri: ${s} ạ`,
  (s) => `so seri la ${s}`,
  (s) => `Số serial của em là ${s} nhé`,
  (s) => `Dạ anh gỡ giúp em con ${s}, em cảm ơn.`,
  (s) => `“${s}”`,
  (s) => `Model: DS-2CD2143G2-I\nS/N: ${s}\nMAC: 44:47:CC:00:00:02\nP/N: 311300001\nCode: ABCDEF`,
  (s) => `Material No.: 302401234\nSerial No.: ${s}\nDate: 2023.05`,
  (s) => `gọi em 0912 345 678 nhé, máy ${s} ở nhà 12/3, trước 08:30 24/11/2026`,
  (s) => `Chị ơi +84 912 345 678. Camera ${s}. IP 192.168.1.64`,
  (s) => `www.example.com ${s} 😀`,
];

describe('a short serial', () => {
  it.each(['D12345678', 'AD1234567', 'GC1234567', '123456789', 'B12345678', 'Q12345678'])(
    '%s is plain and not ambiguous',
    (short) => expect(parseSerial(short)).toEqual({ kind: 'serial', serial: { short } }),
  );

  it.each([
    ['d 1234 5678', 'D12345678'],
    ['AD 123-4567', 'AD1234567'],
    ['d12-345-678', 'D12345678'],
    ['123 456 789', '123456789'],
    ['S/N: D1234 5678 nhé', 'D12345678'],
    ['em gửi số D 1234 5678 ạ', 'D12345678'],
    ['SND12345678', 'D12345678'],
    ['D\u200b12345678', 'D12345678'],
    ['Ｄ１２３４５６７８', 'D12345678'],
    ['D1234\u20135678', 'D12345678'],
  ])('%s reads %s', (text, short) => {
    expect(parseSerial(text)).toEqual({ kind: 'serial', serial: { short } });
  });

  it('is the same whatever stands around it', () => {
    fc.assert(
      fc.property(shortSerial, fc.constantFrom(...FRAMES), (short, frame) => {
        expect(parseSerial(frame(short))).toMatchObject({ kind: 'serial', serial: { short } });
      }),
      { numRuns: 500 },
    );
  });

  it('may be broken by spaces or dashes anywhere behind its letters', () => {
    const places = fc.uniqueArray(fc.integer({ min: 2, max: 8 }), { maxLength: 3 });
    fc.assert(
      fc.property(shortSerial, places, fc.constantFrom(' ', '-'), (short, cuts, mark) => {
        const typed = [...short].map((char, i) => (cuts.includes(i) ? mark + char : char)).join('');
        expect(parseSerial(typed)).toEqual({ kind: 'serial', serial: { short } });
        expect(parseSerial(`S/N: ${typed}`)).toEqual({ kind: 'serial', serial: { short } });
      }),
    );
  });

  it('takes the model that stands beside it', () => {
    const parsed = parseSerial('THC-B120 D12345678');
    const serial = { short: 'D12345678', model: 'THC-B120' };
    expect(parsed).toEqual({ kind: 'serial', serial, unknownModel: true });
  });

  it('behind a mark wins over other numbers of nine digits', () => {
    expect(parseSerial('987654321 S/N 123456789')).toMatchObject({
      serial: { short: '123456789' },
    });
  });

  it('written twice, or short and full, is one', () => {
    const full = 'DS-2CD2T43G2-4I20210105AAWRF10203040';
    expect(parseSerial(`F10203040\n${full}\nF10203040`)).toMatchObject({
      kind: 'serial',
      serial: { short: 'F10203040', full },
    });
  });

  it('beside another one makes several', () => {
    const serials = [{ short: 'D12345678' }, { short: '123456789' }];
    expect(parseSerial('1) D12345678\n2) 123456789')).toEqual({ kind: 'several', serials });
  });
});

describe('letters and digits that look alike', () => {
  it.each([
    ['D1234567O', 'D12345670'],
    ['D12S4567B', 'D12545678'],
    ['12ZQIL6GD', '122011660'],
  ])('%s from the third place on is %s, to be confirmed', (text, short) => {
    expect(parseSerial(text)).toEqual({ kind: 'serial', serial: { short }, corrected: true });
  });

  it.each([
    ['O12345678', ['012345678', 'O12345678']],
    ['I12345678', ['112345678', 'I12345678']],
    ['DO1234567', ['D01234567', 'DO1234567']],
    ['GI1234567', ['G11234567', 'GI1234567']],
    ['OI1234567', ['011234567', 'O11234567', 'OI1234567']],
    ['8D1234567', ['801234567', 'BD1234567', 'B01234567']],
  ])('%s is asked about: %j', (text, shorts) => {
    const candidates = shorts.map((short) => ({ short }));
    expect(parseSerial(text)).toEqual({ kind: 'ambiguous', candidates });
  });

  it('in front of a full serial are asked about with the whole of it', () => {
    const before = 'DS-2CD2T43G2-4I20210105AAWR';
    expect(parseSerial(`${before}O12345678`)).toMatchObject({
      kind: 'ambiguous',
      candidates: [
        { short: '012345678', full: `${before}012345678` },
        { short: 'O12345678', full: `${before}O12345678` },
      ],
    });
  });

  it('are never guessed in the first two places', () => {
    expect(parseSerial('5C1234567')).toMatchObject({ kind: 'malformed', problem: 'shape' });
  });

  it('give two to four different readings that are all valid', () => {
    const nine = fc.stringMatching(/^[OI018BDQ]{2}\d{7}$/).filter((text) => text.length === 9);
    fc.assert(
      fc.property(nine, (text) => {
        const parsed = parseSerial(text);
        if (parsed.kind !== 'ambiguous') return;
        const shorts = parsed.candidates.map(({ short }) => short);
        expect(new Set(shorts).size).toBe(shorts.length);
        expect(shorts.length).toBeGreaterThanOrEqual(2);
        expect(shorts.length).toBeLessThanOrEqual(4);
        for (const candidate of parsed.candidates) SerialSchema.parse(candidate);
      }),
    );
  });
});

describe('what is no serial', () => {
  it.each([
    ['D1234567', 'D1234567', 'tooShort'],
    ['đây ạ D1234567', 'D1234567', 'tooShort'],
    ['Serial: 1234567', '1234567', 'tooShort'],
    ['em 1234567', '1234567', 'tooShort'],
    ['D123456789', 'D123456789', 'tooLong'],
    ['1234567890', '1234567890', 'tooLong'],
    ['S/N 0123456789', '0123456789', 'tooLong'],
    ['D12E45678', 'D12E45678', 'shape'],
    ['DS-2CD1023G0E', 'DS-2CD1023G0E', 'shape'],
  ])('%s tries to be one', (text, seen, problem) => {
    expect(parseSerial(text)).toEqual({ kind: 'malformed', seen, problem });
  });

  it.each([
    '',
    '   ',
    '😀',
    '2',
    'hủy',
    'lan',
    'xin chào em, gỡ giúp em con này',
    '0912345678',
    '0912 345 678',
    '028 3812 3456',
    '+84 912 345 678',
    '+84912345678',
    '84912345678',
    'MST 0312345678-001',
    '0312345678',
    'P/N: 302401234',
    'Material No. 302401234',
    'mã vật tư 302401234',
    '44-47-cc-00-00-02',
    '44:47:CC:00:00:02',
    '4447cc00ab02',
    '192.168.100.100',
    '24/11/2026 08:30',
    '8h30 sáng mai',
    'ABCDEF',
    'cam DS-2CD1023G0E bị khóa 2 tháng rồi',
    'số serial lấy ở đâu vậy em?',
    'giá 200000000đ',
    'anh mua 3 con năm 2021 hết 1200000 đồng',
    'https://example.com/D12345678',
  ])('%j does not try', (text) => expect(parseSerial(text)).toEqual({ kind: 'none' }));

  it('never makes it throw, and what it finds is always well formed', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.stringMatching(/^[DS\d\-/ SNO.:A]{0,60}$/),
    );
    fc.assert(
      fc.property(text, (any) => {
        const parsed = parseSerial(any);
        if (parsed.kind === 'serial') SerialSchema.parse(parsed.serial);
        if (parsed.kind === 'several') for (const one of parsed.serials) SerialSchema.parse(one);
        if (parsed.kind === 'malformed') expect(parsed.seen.length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 500 },
    );
  });
});

describe('comparing serials', () => {
  it('goes by the short form', () => {
    const full = 'DS-2CD2T43G2-4I20210105AAWRF10203040';
    expect(sameDevice({ short: 'F10203040', full }, { short: 'F10203040' })).toBe(true);
    expect(sameDevice({ short: 'F10203040' }, { short: 'F10203041' })).toBe(false);
  });

  it('names each place that differs, missing ones too', () => {
    expect(differingPlaces('D12345678', 'D12845670')).toEqual([3, 8]);
    expect(differingPlaces('D12345678', 'd1234567')).toEqual([8]);
    expect(differingPlaces('D12345678', 'D12345678')).toEqual([]);
  });
});

describe('calling a number a serial', () => {
  it.each(['S/N: 123456789', 'số seri của em là 123456789', 'serial no 123456789'])(
    '%s',
    (text) => {
      expect(namesSerial(text)).toBe(true);
    },
  );

  it.each(['123456789', 'điện thoại 0912345678', 'gỡ giúp em'])('not so: %s', (text) => {
    expect(namesSerial(text)).toBe(false);
  });
});

describe('a long list of serials', () => {
  const list = (count: number) =>
    Array.from({ length: count }, (_, index) => `D1000${String(index).padStart(4, '0')}`);

  it('is read to its hundredth, and says that there are more', () => {
    const parsed = parseSerial(list(140).join('\n'));
    expect(parsed).toMatchObject({ kind: 'several', more: true });
    expect(parsed.kind === 'several' && parsed.serials).toHaveLength(100);
  });

  it('is read whole where it has up to a hundred, also with a mark before each', () => {
    for (const before of ['', 'S/N: ']) {
      const parsed = parseSerial(
        list(100)
          .map((short) => before + short)
          .join('\n'),
      );
      expect(parsed).toEqual({ kind: 'several', serials: list(100).map((short) => ({ short })) });
    }
  });

  it('takes little time, whatever the text is', () => {
    for (const piece of ['SN ', 'S/N: D1234567 ', 'DS-2CD 2021 ', '1234567 8 ', 'a-1-']) {
      const begun = performance.now();
      parseSerial(piece.repeat(16_384 / piece.length));
      expect(performance.now() - begun, piece).toBeLessThan(2_000);
    }
  });
});
