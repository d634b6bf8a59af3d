import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutVerificationCode } from '../../src/domain/verification-code.ts';
import { shortSerial } from './arbitrary.ts';

describe('a text that goes into the transcript', () => {
  it.each([
    ['Mã xác minh: ABCDEF', 'Mã xác minh: ••••••'],
    ['ma xac minh la abcdef', 'ma xac minh la ••••••'],
    ['Mã xác thực = A1B2C3 nhé', 'Mã xác thực = •••••• nhé'],
    ['Verification code\nABCDEF', 'Verification code\n••••••'],
    ['Verification Code (default): ABCDEF', 'Verification Code (default): ••••••'],
    ['V.Code: a1b2c3', 'V.Code: ••••••'],
    ['Code: A B C D E F', 'Code: ••••••'],
    ['S/N: D12345678 Code: QWERTY', 'S/N: D12345678 Code: ••••••'],
    ['D12345678\nABCDEF\nDS-2CD1', 'D12345678\n••••••\nDS-2CD1'],
    ['S/N: D12345678\r\nABCDEF', 'S/N: D12345678\r\n••••••'],
    ['www.hik-connect.com D12345678 ABCDEF', 'www.hik-connect.com D12345678 ••••••'],
    ['ys7C71234567TQJATVCS-C1HC-1D1WFR', 'ys7C71234567••••••CS-C1HC-1D1WFR'],
    ['code: ABCDEF. Em nhắc lại ABCDEF', 'code: ••••••. Em nhắc lại ••••••'],
  ])('loses the code: %j', (text, shown) => expect(withoutVerificationCode(text)).toBe(shown));

  it.each([
    'mã xác minh ở đâu vậy em',
    'ma xac minh khong thay',
    'QR code: D12345678',
    'error code: 2022',
    'D12345678\nE87654321',
    'D12345678\ngỡ giúp em con này',
    'Hủy giúp em với ạ',
    '',
  ])('is left as it is without one: %j', (text) => {
    expect(withoutVerificationCode(text)).toBe(text);
  });

  it('hides the base64 of a label URL, which holds the code', () => {
    const packed = btoa('x$$$\r\nD12345678\r\nABCDEF\r\n');
    const shown = withoutVerificationCode(`https://www.example.com/?q=${packed}`);
    expect(shown).not.toContain(packed);
  });

  it('never keeps the code of a label or of a named field', () => {
    const code = fc.stringMatching(/^[A-Z]{6}$/);
    const frame = fc.constantFrom(
      (s: string, c: string) => `www.hik-connect.com\r\n${s}\r\n${c}\r\nDS-2CD1023G0E`,
      (s: string, c: string) => `gỡ giúp em\nys7\n${s}\n${c}`,
      (s: string, c: string) => `ys7${s}${c}CS-C3-21PPFR`,
      (s: string, c: string) => `S/N: ${s}, Verification code: ${c}`,
      (s: string, c: string) => `serial ${s}\nMã xác minh là ${c} ạ`,
      (s: string, c: string) => `${s} ${c}`,
      (s: string, c: string) => `em gửi DS-2CD2T43G2-4I20210105AAWR${s}${c} ạ`,
    );
    fc.assert(
      fc.property(shortSerial, code, frame, (serial, secret, write) => {
        const shown = withoutVerificationCode(write(serial, secret));
        expect(shown).not.toContain(secret);
        expect(shown).toContain(serial);
      }),
      { numRuns: 500 },
    );
  });
});
