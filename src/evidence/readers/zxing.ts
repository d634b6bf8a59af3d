import {
  BinaryBitmap,
  DataMatrixReader,
  DecodeHintType,
  GlobalHistogramBinarizer,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library';
import { CODES_PER_BITMAP } from '../plan.ts';
import { type Grey, masked, type Point, type View } from '../view.ts';
import type { Code } from './reader.ts';

/** How grey becomes black and white: by neighbourhood (uneven light), or by one threshold for the whole bitmap. */
export type Binarize = 'hybrid' | 'global';

// The single-format readers: MultiFormatReader of 0.23.0 prints a stack trace for each miss.
const SQUARE = {
  qrCode: new QRCodeReader(),
  dataMatrix: new DataMatrixReader(),
} as const;

const HINTS = new Map<DecodeHintType, unknown>([[DecodeHintType.TRY_HARDER, true]]);

const bitmaps = new WeakMap<Grey, Map<Binarize, BinaryBitmap>>();

/** zxing's bitmap of grey pixels. Binarizing happens lazily and once, whoever asks: the pixels must not change. */
export function bitmapOf(grey: Grey, binarize: Binarize): BinaryBitmap {
  const made = bitmaps.get(grey) ?? new Map<Binarize, BinaryBitmap>();
  bitmaps.set(grey, made);
  const bitmap = made.get(binarize) ?? newBitmap(grey, binarize);
  made.set(binarize, bitmap);
  return bitmap;
}

function newBitmap(grey: Grey, binarize: Binarize): BinaryBitmap {
  const source = new RGBLuminanceSource(grey.data, grey.width, grey.height);
  return new BinaryBitmap(
    binarize === 'hybrid' ? new HybridBinarizer(source) : new GlobalHistogramBinarizer(source),
  );
}

/**
 * Finds the QR codes or Data Matrix codes of one bitmap, several if there are: a found code is painted over and the
 * search repeated.
 */
export function* findSquares(
  view: View,
  by: keyof typeof SQUARE,
  binarize: Binarize,
): Generator<Code> {
  let rest = view;
  let last: string | null = null;
  for (let i = 0; i < CODES_PER_BITMAP; i++) {
    const found = decodeSquare(rest.grey, by, binarize);
    // The same text again means that painting over did not cover the code: going on would not end.
    if (!found || found.text === last) return;
    last = found.text;
    const box = boundsOf(found.corners);
    yield {
      text: found.text,
      by,
      confidence: 1,
      corners: found.corners.map((corner) => view.toPicture(corner.x, corner.y)),
    };
    rest = masked(rest, box.from, box.to);
  }
}

function decodeSquare(
  grey: Grey,
  by: keyof typeof SQUARE,
  binarize: Binarize,
): { text: string; corners: Point[] } | null {
  try {
    const result = SQUARE[by].decode(bitmapOf(grey, binarize), HINTS);
    const points = result.getResultPoints().map((p) => ({ x: p.getX(), y: p.getY() }));
    return { text: result.getText(), corners: by === 'qrCode' ? qrCorners(points) : points };
  } catch {
    // zxing tells "no code here" by throwing; on noise it throws plain errors as well.
    return null;
  }
}

/** The detector reports finder centres (bottom left, top left, top right): complete the square and widen to the edge. */
function qrCorners(points: Point[]): Point[] {
  const [bottomLeft, topLeft, topRight] = points;
  if (!bottomLeft || !topLeft || !topRight) return points;
  const centre = { x: (bottomLeft.x + topRight.x) / 2, y: (bottomLeft.y + topRight.y) / 2 };
  const bottomRight = { x: 2 * centre.x - topLeft.x, y: 2 * centre.y - topLeft.y };
  // Finder centres lie 3.5 modules inside; 1.3 covers 33 modules (a label) and every denser code.
  return [topLeft, topRight, bottomRight, bottomLeft].map((p) => ({
    x: centre.x + (p.x - centre.x) * 1.3,
    y: centre.y + (p.y - centre.y) * 1.3,
  }));
}

/** Upright rectangle around some points. */
export function boundsOf(points: readonly Point[]): { from: Point; to: Point } {
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  return {
    from: { x: Math.min(...xs), y: Math.min(...ys) },
    to: { x: Math.max(...xs), y: Math.max(...ys) },
  };
}
