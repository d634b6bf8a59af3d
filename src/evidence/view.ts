import sharp from 'sharp';

/** Grey pixels, a byte each, rows from the top, 0 black. */
export interface Grey {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/**
 * Grey pixels that know where they came from: a view may be shrunk, cropped, turned or tilted, and still tells the
 * place of a found code in the upright picture.
 */
export interface View {
  grey: Grey;
  /** From this view's pixels to fractions (0..1) of the upright picture. */
  toPicture(x: number, y: number): Point;
}

/** The view scaled so that its longer side is `side` pixels; the same view where it is smaller already. */
export async function shrink(view: View, side: number): Promise<View> {
  const { data, width, height } = view.grey;
  if (Math.max(width, height) <= side) return view;
  const small = await sharp(data, { raw: { width, height, channels: 1 } })
    .resize(side, side, { fit: 'inside' })
    .greyscale()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const grey = {
    data: new Uint8ClampedArray(small.data.buffer, small.data.byteOffset, small.data.length),
    width: small.info.width,
    height: small.info.height,
  };
  return scaled(view, grey);
}

/** `grey` shows the same as `view`, at another scale. */
export function scaled(view: View, grey: Grey): View {
  const fx = view.grey.width / grey.width;
  const fy = view.grey.height / grey.height;
  return { grey, toPicture: (x, y) => view.toPicture(x * fx, y * fy) };
}

/** A quarter turn clockwise: what ran down runs to the left. */
export function quarterTurn(view: View): View {
  const { data, width, height } = view.grey;
  const turned = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) {
    const column = height - 1 - y;
    for (let x = 0; x < width; x++) turned[x * height + column] = data[y * width + x] ?? 0;
  }
  return {
    grey: { data: turned, width: height, height: width },
    toPicture: (x, y) => view.toPicture(y, height - x),
  };
}

/** A rectangle of the view, copied. The rectangle must lie inside, in whole pixels. */
function crop(view: View, left: number, top: number, width: number, height: number): View {
  const cut = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * view.grey.width + left;
    cut.set(view.grey.data.subarray(start, start + width), y * width);
  }
  return {
    grey: { data: cut, width, height },
    toPicture: (x, y) => view.toPicture(x + left, y + top),
  };
}

/** A copy with one rectangle painted white, so that a search finds the next code. Bounds are clipped. */
export function masked(view: View, from: Point, to: Point): View {
  const { width, height } = view.grey;
  const data = view.grey.data.slice();
  const left = Math.max(0, Math.floor(from.x));
  const right = Math.min(width, Math.ceil(to.x));
  for (let y = Math.max(0, Math.floor(from.y)); y < Math.min(height, Math.ceil(to.y)); y++) {
    if (right > left) data.fill(255, y * width + left, y * width + right);
  }
  return { ...view, grey: { data, width, height } };
}

/**
 * Squares that cover the view.
 *
 * @param share side of a square as a share of the view's longer side
 * @param step way from one square to the next as a share of a square: below 1 they overlap
 */
export function* tiles(view: View, share: number, step: number): Generator<View> {
  const { width, height } = view.grey;
  const side = Math.max(1, Math.round(Math.max(width, height) * share));
  const columns = starts(width, side, step);
  for (const top of starts(height, side, step)) {
    for (const left of columns) {
      yield crop(view, left, top, Math.min(side, width), Math.min(side, height));
    }
  }
}

/** Evenly spread from end to end, no further apart than `step` squares. */
function starts(length: number, side: number, step: number): number[] {
  if (length <= side) return [0];
  const gaps = Math.ceil((length - side) / (side * step));
  return Array.from({ length: gaps + 1 }, (_, i) => Math.round((i * (length - side)) / gaps));
}
