import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShareQr, parseLabelQr } from '../../src/domain/label.ts';
import { fullSerial, shortSerial } from './arbitrary.ts';

const LABEL = { kind: 'label', serial: { short: 'D12345678' } };

describe('the QR of a label', () => {
  it.each(['\n', '\r\n', '\r', '\n\r'])('is read with its lines ended by %j', (end) => {
    const text = ['www.example.com', '456654855', 'ABCDEF', 'CS-C3-21PPFR', ''].join(end);
    expect(parseLabelQr(text)).toEqual({
      kind: 'label',
      serial: { short: '456654855', model: 'CS-C3-21PPFR' },
      model: 'CS-C3-21PPFR',
      site: 'www.example.com',
    });
  });

  it.each([
    'ys7C71234567TQJATVCS-C1HC-1D1WFR',
    'ys7 C71234567 TQJATV CS-C1HC-1D1WFR',
    'ys7\nC71234567\nTQJATV\nCS-C1HC-1D1WFR',
  ])('is read where its line ends were lost: %j', (text) => {
    expect(parseLabelQr(text)).toMatchObject({
      site: 'ys7',
      serial: { short: 'C71234567' },
      model: 'CS-C1HC-1D1WFR',
    });
  });

  it('is read with a full serial on its second line', () => {
    const full = 'DS-7608NI-E2/8P0820160211AAWR123456789WCVU';
    expect(parseLabelQr(`www.hik-connect.com\r\n${full}\r\nABCDEF\r\n`)).toMatchObject({
      kind: 'label',
      serial: { short: '123456789', full, model: 'DS-7608NI-E2/8P' },
      site: 'www.hik-connect.com',
    });
  });

  it.each([
    (packed: string) => `https://www.example.com/?q=${packed}`,
    (packed: string) => `https://www.example.com/d/${packed}`,
    (packed: string) => `https://www.example.com/#${encodeURIComponent(packed)}`,
  ])('is read out of a URL whose base64 part holds $$$ (spelling %#)', (url) => {
    const packed = btoa('site$$$\r\nD12345678\r\nABCDEF\r\nDS-2CD1023G0E\r\n');
    const parsed = parseLabelQr(url(packed));
    expect(parsed).toMatchObject({ ...LABEL, model: 'DS-2CD1023G0E' });
    expect(JSON.stringify(parsed)).not.toContain('ABCDEF');
  });

  it('may hold the serial only', () => {
    expect(parseLabelQr('D12345678')).toEqual(LABEL);
    expect(parseLabelQr('SN:D12345678\n')).toEqual(LABEL);
  });

  it.each(['', 'hello', 'https://www.hik-connect.com', 'ABCDEF', 'WIFI:S:x;P:12345678;;', '12345'])(
    'is not what %j is',
    (text) => expect(parseLabelQr(text)).toEqual({ kind: 'other' }),
  );

  it('never lets the verification code out', () => {
    const code = fc.stringMatching(/^[A-Z]{6}$/);
    const end = fc.constantFrom('\n', '\r\n', '\r', '\n\r', '');
    const site = fc.constantFrom('www.hik-connect.com', 'www.ezviz7.com', 'ys7');
    const serial = fc.oneof(
      shortSerial,
      fullSerial.map(({ full }) => full),
    );
    const model = fc.constantFrom('', 'CS-C3-21PPFR', 'DS-2CD1023G0E');
    fc.assert(
      fc.property(site, serial, code, model, end, (first, second, third, fourth, mark) => {
        fc.pre(!second.includes(third) && !fourth.includes(third));
        const parsed = parseLabelQr([first, second, third, fourth].join(mark));
        expect(JSON.stringify(parsed)).not.toContain(third);
        if (mark !== '') expect(parsed.kind).toBe('label');
      }),
      { numRuns: 500 },
    );
  });

  it('never makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        parseLabelQr(text);
      }),
    );
  });
});

describe('the share code of Hik-Connect', () => {
  it.each([
    'QRC03010003eJxLTEpOSU1Lz8jMAgAQCgMb',
    'đây em: QRC03010003eJxLTEpOSU1Lz8jMAgAQCgMb',
    'iVMSeJxLTEpOSU1Lz8jMAgAQCgMbxyz0123',
  ])('is told by its beginning: %j', (text) => {
    expect(isShareQr(text)).toBe(true);
    expect(parseLabelQr(text)).toEqual({ kind: 'share' });
  });

  it.each(['iVMS-4200', 'em dùng iVMS 4200', 'iVMS', 'QRCODE'])('is not %j', (text) => {
    expect(isShareQr(text)).toBe(false);
  });
});
