import { BitArray, Code128Reader, type Result } from '@zxing/library';
import { CODES_PER_BITMAP } from '../plan.ts';
import { type Point, quarterTurn, type View } from '../view.ts';
import type { Code } from './reader.ts';
import { type Binarize, bitmapOf } from './zxing.ts';

const READER = new Code128Reader();

/** Rows that are looked at in one bitmap, evenly spread. A barcode is rarely lower than 1/200 of a photo. */
const ROWS = 240;

/**
 * Finds the Code 128 codes of one bitmap in all four directions: every row is read to the right and to the left, then
 * the same on the bitmap turned by a quarter. A row may hold several codes.
 */
export function* findBars(view: View, binarize: Binarize, spent: () => boolean): Generator<Code> {
  const seen = new Set<string>();
  for (const turned of [false, true]) {
    if (spent()) return;
    for (const code of alongRows(turned ? quarterTurn(view) : view, binarize, spent)) {
      if (seen.has(code.text)) continue;
      seen.add(code.text);
      yield code;
      if (seen.size >= CODES_PER_BITMAP) return;
    }
  }
}

/** A code is yielded once per text, when its first row decodes, with the rows that lie around it as its height. */
function* alongRows(view: View, binarize: Binarize, spent: () => boolean): Generator<Code> {
  const { width, height } = view.grey;
  const bitmap = bitmapOf(view.grey, binarize);
  const step = Math.max(1, Math.floor(height / ROWS));
  const done = new Set<string>();
  for (let y = Math.floor(step / 2); y < height; y += step) {
    if (spent()) return;
    for (const row of rowsAt(bitmap, y, binarize)) {
      for (const span of decodeRow(row, y, width)) {
        if (done.has(span.text)) continue;
        done.add(span.text);
        const corners: Point[] = [
          { x: span.left, y },
          { x: span.right, y },
          { x: span.right, y: Math.min(height, y + (span.right - span.left) / 8) },
          { x: span.left, y: Math.min(height, y + (span.right - span.left) / 8) },
        ];
        yield {
          text: span.text,
          by: 'code128',
          confidence: 1,
          corners: corners.map((corner) => view.toPicture(corner.x, corner.y)),
        };
      }
    }
  }
}

/** One row in black and white: by its own histogram, and cut out of the bitmap that suits uneven light. */
function* rowsAt(
  bitmap: ReturnType<typeof bitmapOf>,
  y: number,
  binarize: Binarize,
): Generator<BitArray> {
  try {
    yield bitmap.getBlackRow(y, new BitArray(bitmap.getWidth()));
  } catch {
    // Too little contrast in this row for a histogram.
  }
  if (binarize === 'hybrid') {
    try {
      yield bitmap.getBlackMatrix().getRow(y, new BitArray(bitmap.getWidth()));
    } catch {
      // The bitmap is flat.
    }
  }
}

interface Span {
  text: string;
  left: number;
  right: number;
}

function* decodeRow(row: BitArray, y: number, width: number): Generator<Span> {
  for (const reversed of [false, true]) {
    let rest = row.clone();
    if (reversed) rest.reverse();
    for (let i = 0; i < CODES_PER_BITMAP; i++) {
      const result = decodeOnce(rest, y);
      if (!result) break;
      const [a, b] = result.getResultPoints().map((point) => point.getX());
      if (a === undefined || b === undefined || b <= a) break;
      yield {
        text: result.getText(),
        left: reversed ? width - b : a,
        right: reversed ? width - a : b,
      };
      rest = tail(rest, Math.ceil(b));
    }
  }
}

function decodeOnce(row: BitArray, y: number): Result | null {
  try {
    return READER.decodeRow(y, row);
  } catch {
    return null;
  }
}

/** The row with everything before `from` white. */
function tail(row: BitArray, from: number): BitArray {
  const rest = new BitArray(row.getSize());
  for (let x = row.getNextSet(from); x < row.getSize(); x = row.getNextSet(x + 1)) rest.set(x);
  return rest;
}
