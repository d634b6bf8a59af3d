import { type Box, cutLevel, type Grey, type Point, resized } from './grey.ts';

export type { Grey, Point } from './grey.ts';

/**
 * Grey pixels that know where they came from: a view may be shrunk, cropped, turned or tilted, and still tells the
 * place of a found code in the upright picture.
 */
export interface View {
  grey: Grey;
  /** From this view's pixels to fractions (0..1) of the upright picture. */
  toPicture(x: number, y: number): Point;
}

const shrunk = new WeakMap<View, Map<number, Promise<View>>>();

/**
 * The view scaled so that its longer side is `side` pixels; the same view where it is smaller already. Readers ask for
 * the same sizes: each is made once and shared.
 */
export function shrink(view: View, side: number): Promise<View> {
  const { width, height } = view.grey;
  const scale = side / Math.max(width, height);
  const made = shrunk.get(view) ?? new Map<number, Promise<View>>();
  shrunk.set(view, made);
  const small = made.get(side) ?? (scale < 1 ? enlarged(view, scale) : Promise.resolve(view));
  made.set(side, small);
  return small;
}

/** The view at another scale, whatever its size. */
export async function enlarged(view: View, scale: number): Promise<View> {
  const { width, height } = view.grey;
  const to = (length: number) => Math.max(1, Math.round(length * scale));
  return scaled(view, await resized(view.grey, to(width), to(height)));
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

/**
 * A turned rectangle of the view, laid level.
 *
 * @param box in pixels of the view
 * @param width of the result in pixels; its height follows from the box, times `squeeze` (below 1: rows are averaged)
 */
export function levelled(view: View, box: Box, width: number, squeeze = 1): View {
  const height = Math.max(8, Math.round((width * box.height * squeeze) / box.width));
  const grey = cutLevel(view.grey, box, width, height);
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)];
  return {
    grey,
    toPicture: (x, y) => {
      const dx = (x / width - 0.5) * box.width;
      const dy = (y / height - 0.5) * box.height;
      return view.toPicture(box.x + dx * cos - dy * sin, box.y + dx * sin + dy * cos);
    },
  };
}

/** A rectangle in fractions of the picture, clipped to it. */
export function placeOf({ from, to }: { from: Point; to: Point }) {
  const within = (fraction: number) => Math.min(1, Math.max(0, fraction));
  const [x, y] = [within(from.x), within(from.y)];
  return { x, y, width: within(to.x) - x, height: within(to.y) - y };
}
