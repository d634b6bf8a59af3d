import type { CasePhoto } from '../dialogue/effect.ts';

/** Pictures whose fingerprints differ in no more bits are likely the same photo. */
export const SAME_PICTURE_BITS = 8;

/** A dark or an empty picture has hardly any bits set, or hardly any not; it resembles all others of its kind. */
const FEWEST_BITS = 6;

/**
 * Five parts of at most 13 bits. Of two fingerprints that differ in at most 8 bits, at least one part
 * differs in at most one: looking up each part and its neighbours finds all of them by an index.
 */
const PART_BITS = 13;
const PARTS = 5;

/** Ones in a 32-bit number. */
function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function words(fingerprint: string): [number, number] {
  return [
    Number.parseInt(fingerprint.slice(0, 8), 16) | 0,
    Number.parseInt(fingerprint.slice(8), 16) | 0,
  ];
}

/** In how many of 64 bits two fingerprints (16 hex digits) differ. */
export function differingBits(a: string, b: string): number {
  const [highA, lowA] = words(a);
  const [highB, lowB] = words(b);
  return ones(highA ^ highB) + ones(lowA ^ lowB);
}

/** False for a fingerprint that says nothing about its picture. */
function isTelling(fingerprint: string): boolean {
  const set = differingBits(fingerprint, '0'.repeat(16));
  return set >= FEWEST_BITS && set <= 64 - FEWEST_BITS;
}

function valuesOf(fingerprint: string): number[] {
  const bits = BigInt(`0x${fingerprint}`);
  const mask = (1n << BigInt(PART_BITS)) - 1n;
  return Array.from({ length: PARTS }, (_, part) =>
    Number((bits >> BigInt(part * PART_BITS)) & mask),
  );
}

const keyOf = (part: number, value: number) => part * 2 ** PART_BITS + value;

/** The parts of a fingerprint, as they stand in the index. */
export function partsOf(fingerprint: string): number[] {
  return valuesOf(fingerprint).map((value, part) => keyOf(part, value));
}

/** The parts that fingerprints of the same picture may have: see above. */
export function nearbyParts(fingerprint: string): number[] {
  return valuesOf(fingerprint).flatMap((value, part) => [
    keyOf(part, value),
    ...Array.from({ length: PART_BITS }, (_, bit) => keyOf(part, value ^ (1 << bit))),
  ]);
}

/** Of a case's photos, those whose fingerprint says something, as the tables keep them. */
export function tellingPictures(
  photos: readonly CasePhoto[],
): { blob_id: string; fingerprint: string; parts: number[] }[] {
  return photos.flatMap(({ blobId, reading }) => {
    const fingerprint = reading?.outcome === 'read' ? reading.fingerprint : undefined;
    if (fingerprint === undefined || !isTelling(fingerprint)) return [];
    return [{ blob_id: blobId, fingerprint, parts: partsOf(fingerprint) }];
  });
}
