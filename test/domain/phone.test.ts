import { describe, expect, it } from 'vitest';
import { readPhone, writePhone } from '../../src/domain/phone.ts';

describe('a telephone number', () => {
  it.each([
    ['0912345678', '+84912345678'],
    ['0912 345 678', '+84912345678'],
    ['+84 912.345.678', '+84912345678'],
    ['(024) 3825 3536', '+842438253536'],
    ['+65 6123 4567', '+6561234567'],
  ])('is read from %s', (typed, number) => {
    expect(readPhone(typed)).toBe(number);
  });

  it.each(['', '123', '0100112437', 'gọi 0912345678 nhé', '09123456789012', 'D12345678'])(
    'is not "%s"',
    (typed) => {
      expect(readPhone(typed)).toBeNull();
    },
  );

  it('is written as people read it', () => {
    expect(writePhone('+84912345678')).toBe('0912 345 678');
    expect(writePhone('+6561234567')).toBe('+65 6123 4567');
  });
});
