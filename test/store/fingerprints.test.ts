import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  differingBits,
  nearbyParts,
  partsOf,
  SAME_PICTURE_BITS,
} from '../../src/store/fingerprints.ts';

const hex = (value: bigint) => value.toString(16).padStart(16, '0');
const picture = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const bits = (most: number) => fc.uniqueArray(fc.nat(63), { maxLength: most });

it('the distance of two fingerprints is the number of bits that differ', () => {
  fc.assert(
    fc.property(picture, bits(64), (value, turned) => {
      const other = turned.reduce((sum, bit) => sum ^ (1n << BigInt(bit)), value);
      expect(differingBits(hex(value), hex(other))).toBe(turned.length);
    }),
  );
});

it('whatever is the same picture is found by one of its parts', () => {
  fc.assert(
    fc.property(picture, bits(SAME_PICTURE_BITS), (value, turned) => {
      const other = turned.reduce((sum, bit) => sum ^ (1n << BigInt(bit)), value);
      const looked = new Set(nearbyParts(hex(value)));
      expect(partsOf(hex(other)).some((part) => looked.has(part))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
