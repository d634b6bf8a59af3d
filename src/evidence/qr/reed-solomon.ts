import { GenericGF } from '@zxing/library';

/**
 * Reed-Solomon decoding of errors and erasures over QR's field, after Berlekamp and Massey. @zxing/library corrects
 * errors alone; a place known to be doubtful costs half as much.
 */

const FIELD = GenericGF.QR_CODE_FIELD_256;
const times = (a: number, b: number) => FIELD.multiply(a, b);
/** A power of the field's generator; exponents go around at 255. */
const power = (exponent: number) => FIELD.exp(((exponent % 255) + 255) % 255);

/** Polynomials here have their lowest term first. */
type Poly = number[];

function at(poly: Poly, x: number): number {
  return poly.reduceRight((sum, term) => times(sum, x) ^ term, 0);
}

function product(a: Poly, b: Poly): Poly {
  const out = new Array<number>(a.length + b.length - 1).fill(0);
  for (const [i, x] of a.entries()) {
    for (const [j, y] of b.entries()) out[i + j] = (out[i + j] ?? 0) ^ times(x, y);
  }
  return out;
}

/**
 * Corrects a block.
 *
 * @param block codewords, the checking ones last
 * @param checks how many of them check
 * @param doubtful places that may hold anything
 * @param spare checks that have to stay over, so that what is not this code is told by them
 * @returns the block as it was written, or null
 */
export function corrected(
  block: readonly number[],
  checks: number,
  doubtful: readonly number[],
  spare: number,
): number[] | null {
  const last = block.length - 1;
  const syndromes: Poly = Array.from({ length: checks }, (_, i) =>
    block.reduce((sum, word) => times(sum, power(i)) ^ word, 0),
  );
  if (syndromes.every((one) => one === 0)) return [...block];
  const locator = locatorOf(
    syndromes,
    doubtful.map((place) => power(last - place)),
  );
  const degree = locator.findLastIndex((term) => term !== 0);
  const errors = degree - doubtful.length;
  if (errors < 0 || doubtful.length + 2 * errors > checks - spare) return null;
  const evaluator = product(syndromes, locator).slice(0, checks);
  const slope = locator.map((term, i) => (i % 2 === 1 ? term : 0)).slice(1);
  const out = [...block];
  let found = 0;
  for (let place = 0; place <= last; place++) {
    const inverse = power(place - last);
    if (at(locator, inverse) !== 0) continue;
    found++;
    const below = at(slope, inverse);
    if (below === 0) return null;
    const size = times(at(evaluator, inverse), FIELD.inverse(below));
    out[place] = (out[place] ?? 0) ^ times(size, power(last - place));
  }
  return found === degree ? out : null;
}

/** The polynomial whose roots tell the wrong places; it begins as that of the doubtful ones. */
function locatorOf(syndromes: Poly, doubtful: readonly number[]): Poly {
  let locator = doubtful.reduce<Poly>((poly, root) => product(poly, [1, root]), [1]);
  let before = locator;
  let length = doubtful.length;
  for (let step = doubtful.length; step < syndromes.length; step++) {
    let differs = 0;
    for (const [i, term] of locator.entries()) differs ^= times(term, syndromes[step - i] ?? 0);
    before = [0, ...before];
    if (differs === 0) continue;
    const next = sum(
      locator,
      before.map((term) => times(term, differs)),
    );
    if (2 * length <= step + doubtful.length) {
      length = step + doubtful.length + 1 - length;
      const by = FIELD.inverse(differs);
      before = locator.map((term) => times(term, by));
    }
    locator = next;
  }
  return locator;
}

function sum(a: Poly, b: Poly): Poly {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) ^ (b[i] ?? 0));
}
