import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isLinkCode,
  LINK_CODE_LENGTH,
  LINK_CODE_LETTERS,
  readLinkCode,
  writeLinkCode,
} from '../../src/domain/link-code.ts';
import { parseSerial } from '../../src/domain/serial.ts';

const code = fc
  .array(fc.constantFrom(...LINK_CODE_LETTERS), {
    minLength: LINK_CODE_LENGTH,
    maxLength: LINK_CODE_LENGTH,
  })
  .map((letters) => letters.join(''))
  .filter(isLinkCode);

describe('a link code', () => {
  it('is read as it is written, in either case, with or without a command', () => {
    fc.assert(
      fc.property(code, (letters) => {
        const written = writeLinkCode(letters);
        expect(written).toMatch(/^...-...-...$/);
        for (const text of [
          letters,
          written,
          written.toLowerCase(),
          written.replaceAll('-', ' '),
          ` ${written}\n`,
          `/lienket ${written}`,
          `/link@bot ${letters}`,
        ]) {
          expect(readLinkCode(text)).toBe(letters);
        }
      }),
    );
  });

  it('is never a serial', () => {
    fc.assert(
      fc.property(code, (letters) => {
        expect(parseSerial(writeLinkCode(letters)).kind).not.toBe('serial');
      }),
    );
  });

  it.each([
    'kkkkkkkkk',
    'hhhhhhhhh',
    'D12345678',
    'KTR-XMP',
    'KTR-XMP-QBN nhé anh',
    'mã là KTR-XMP-QBN',
    'KTRXMPQBNC',
    'ABCDEF',
    'hủy liên kết',
    '',
  ])('is not "%s"', (text) => expect(readLinkCode(text)).toBeNull());
});
