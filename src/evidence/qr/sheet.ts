import type { Grey, Point } from '../grey.ts';

/** From places in a code, in modules, to pixels. */
export type Lattice = (u: number, v: number) => Point;

/** Samples a module, along each axis, and modules around the code. */
export const PER = 2;
export const MARGIN = 4;

/** How far around a sample light is judged, in modules. */
const LIGHT = 5;

/** A code laid level, PER samples a module with MARGIN modules around it; its light is divided out: mean 0, spread 1. */
export interface Sheet {
  grey: Float32Array;
  side: number;
}

export function sheetOf(grey: Grey, lattice: Lattice, size: number): Sheet {
  const side = (size + 2 * MARGIN) * PER;
  const out = new Float32Array(side * side);
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const { x, y } = lattice((i + 0.5) / PER - MARGIN, (j + 0.5) / PER - MARGIN);
      out[j * side + i] = cubic(grey, x, y);
    }
  }
  return { grey: evenLight(out, side, side, LIGHT * PER), side };
}

/** Each value against the mean and the spread of those around it. */
export function evenLight(
  values: Float32Array,
  width: number,
  height: number,
  reach: number,
): Float32Array {
  const mean = boxMean(values, width, height, reach);
  const square = boxMean(
    values.map((value) => value * value),
    width,
    height,
    reach,
  );
  return values.map((value, i) => {
    const middle = mean[i] ?? 0;
    return (value - middle) / Math.sqrt(Math.max(4, (square[i] ?? 0) - middle ** 2));
  });
}

function boxMean(values: Float32Array, width: number, height: number, reach: number): Float32Array {
  const sums = sumsOf(values, width, height);
  const line = width + 1;
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const [from, to] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const [top, bottom] = [from * line, to * line];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const sum =
        (sums[bottom + right] ?? 0) -
        (sums[bottom + left] ?? 0) -
        (sums[top + right] ?? 0) +
        (sums[top + left] ?? 0);
      out[y * width + x] = sum / ((right - left) * (to - from));
    }
  }
  return out;
}

/** Sums over all that lies above and to the left of each place: one row and one column more than the values. */
export function sumsOf(values: Float32Array, width: number, height: number): Float64Array {
  const line = width + 1;
  const sums = new Float64Array(line * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x] ?? 0;
      sums[(y + 1) * line + x + 1] = (sums[y * line + x + 1] ?? 0) + row;
    }
  }
  return sums;
}

/** Catmull and Rom's curve through four by four pixels; outside, the edge goes on. */
function cubic({ data, width, height }: Grey, px: number, py: number): number {
  const [x0, y0] = [Math.floor(px - 0.5), Math.floor(py - 0.5)];
  const [fx, fy] = [px - 0.5 - x0, py - 0.5 - y0];
  let sum = 0;
  for (let j = -1; j < 3; j++) {
    const row = Math.min(height - 1, Math.max(0, y0 + j)) * width;
    let along = 0;
    for (let i = -1; i < 3; i++) {
      const column = Math.min(width - 1, Math.max(0, x0 + i));
      along += curve(fx, i) * (data[row + column] ?? 0);
    }
    sum += curve(fy, j) * along;
  }
  return sum;
}

function curve(t: number, i: number): number {
  const d = Math.abs(t - i);
  if (d < 1) return 1 - 2.5 * d * d + 1.5 * d ** 3;
  return d < 2 ? 2 - 4 * d + 2.5 * d * d - 0.5 * d ** 3 : 0;
}
