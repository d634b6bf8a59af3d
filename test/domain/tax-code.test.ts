import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTaxCode } from '../../src/domain/tax-code.ts';

describe('a tax code', () => {
  it.each([
    ['0100112437', '0100112437'],
    ['0314409058', '0314409058'],
    ['0100233488', '0100233488'],
    ['0314409058-002', '0314409058-002'],
    ['0314409058002', '0314409058-002'],
    ['MST: 01 0011 2437', '0100112437'],
    ['mã số thuế 0100112437', '0100112437'],
  ])('is read from %s', (typed, code) => {
    expect(readTaxCode(typed)).toEqual({ kind: 'taxCode', code });
  });

  it('has its slips told by the tenth digit', () => {
    expect(readTaxCode('0100112438')).toEqual({ kind: 'mistyped', code: '0100112438' });
    expect(readTaxCode('0314409058-000')).toEqual({ kind: 'mistyped', code: '0314409058-000' });
  });

  it('shows a single wrong digit, whichever it is', () => {
    const code = '0100112437';
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 9 }), (place, more) => {
        const wrong = String((Number(code[place]) + more) % 10);
        const typed = code.slice(0, place) + wrong + code.slice(place + 1);
        expect(readTaxCode(typed).kind).toBe('mistyped');
      }),
    );
  });

  it('of another length is told how long it is', () => {
    expect(readTaxCode('012345678901')).toEqual({ kind: 'length', digits: 12 });
  });

  it.each(['', 'không có', '123', 'D12345678', '0100112437 nhé'])('is not "%s"', (typed) => {
    expect(readTaxCode(typed)).toEqual({ kind: 'none' });
  });
});
