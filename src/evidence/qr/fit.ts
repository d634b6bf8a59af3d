import type { Grey, Point } from '../grey.ts';
import { homography, type Quad } from '../perspective.ts';
import { QR } from '../plan.ts';
import type { Marks } from './marks.ts';
import { type Frame, frameOf, marksOf } from './matrix.ts';
import { evenLight, type Lattice } from './sheet.ts';

/** A code's modules laid over the picture. */
export interface Fit extends Laid {
  lattice: Lattice;
  /** How well the modules that are known beforehand agree with the picture; 0 by chance, below 1 at best. */
  score: number;
}

/**
 * Lays the lattice of a code over the picture. Its size and the fourth corner are those under which timing lines and
 * alignment marks agree best with what is seen; then all four corners give way in ever smaller steps.
 */
export function fitTo(grey: Grey, marks: readonly Marks[]): Fit | null {
  const rough = marks.flatMap((mark) => {
    const seen = surroundings(grey, mark);
    return sizesOf(mark).map((size) => roughly(seen, mark, frameOf(size)));
  });
  const [best] = rough
    .sort((a, b) => b.score - a.score)
    .slice(0, QR.fits)
    .map((laid) => refined(laid, 1))
    .sort((a, b) => b.score - a.score);
  return best && best.score > QR.agrees ? fitOf(best) : null;
}

/** Laid once more, by what all modules were taken for: there are ten times as many. */
export function refitted(fit: Fit, taken: Float32Array): Fit {
  const { size } = fit.frame;
  const known = Int8Array.from(taken, (value) => (value > 0 ? 1 : -1));
  const marks = marksOf(known, size);
  const start = { ...fit, frame: { ...fit.frame, marks }, score: Number.NEGATIVE_INFINITY };
  return { ...fitOf(refined(start, 0.5)), frame: fit.frame };
}

function fitOf(laid: Laid): Fit {
  return { ...laid, lattice: latticeOf(laid.frame.size, laid.corners) };
}

/** A part of the picture with its light divided out. */
interface Seen {
  values: Float32Array;
  width: number;
  height: number;
  left: number;
  top: number;
}

interface Laid {
  seen: Seen;
  frame: Frame;
  corners: Quad;
  module: number;
  score: number;
}

/** Corners are the finder marks' centres, and the place across from the first. */
function latticeOf(size: number, corners: Quad): Lattice {
  const [near, far] = [3.5, size - 3.5];
  const [a, b, c, d, e, f, g, h] = homography(
    [
      { x: near, y: near },
      { x: far, y: near },
      { x: far, y: far },
      { x: near, y: far },
    ],
    corners,
  );
  return (u, v) => {
    const w = g * u + h * v + 1;
    return { x: (a * u + b * v + c) / w, y: (d * u + e * v + f) / w };
  };
}

function sizesOf({ topLeft, topRight, bottomLeft, module }: Marks): number[] {
  const way = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
  const guess = (way(topLeft, topRight) + way(topLeft, bottomLeft)) / (2 * module) + 7;
  const sizes: number[] = [];
  for (let size = 21; size <= 177; size += 4) {
    if (Math.abs(size / guess - 1) < QR.sizeDoubt) sizes.push(size);
  }
  return sizes;
}

function surroundings(grey: Grey, { topLeft, topRight, bottomLeft, module }: Marks): Seen {
  const fourth = across(topLeft, topRight, bottomLeft);
  const points = [topLeft, topRight, bottomLeft, fourth];
  const more = 12 * module;
  const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  const left = within(Math.min(...points.map(({ x }) => x)) - more, grey.width);
  const right = within(Math.max(...points.map(({ x }) => x)) + more, grey.width);
  const top = within(Math.min(...points.map(({ y }) => y)) - more, grey.height);
  const bottom = within(Math.max(...points.map(({ y }) => y)) + more, grey.height);
  const [width, height] = [right - left, bottom - top];
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * grey.width + left;
    values.set(grey.data.subarray(from, from + width), y * width);
  }
  return {
    values: evenLight(values, width, height, Math.round(5 * module)),
    width,
    height,
    left,
    top,
  };
}

function across(corner: Point, one: Point, other: Point): Point {
  return { x: one.x + other.x - corner.x, y: one.y + other.y - corner.y };
}

/** Agreement of every `step`-th known module. */
function scoreOf(seen: Seen, { size, marks }: Frame, corners: Quad, step = 1): number {
  const lattice = latticeOf(size, corners);
  let [sum, count] = [0, 0];
  for (let i = 0; i < marks.length; i += step) {
    const mark = marks[i];
    if (!mark) continue;
    const at = lattice(mark.x + 0.5, mark.y + 0.5);
    sum -= mark.dark * valueAt(seen, at.x, at.y);
    count++;
  }
  return sum / count;
}

function valueAt({ values, width, height, left, top }: Seen, px: number, py: number): number {
  const [x, y] = [px - left - 0.5, py - top - 0.5];
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) return 0;
  const [fx, fy] = [x - x0, y - y0];
  const at = y0 * width + x0;
  const upper = (values[at] ?? 0) * (1 - fx) + (values[at + 1] ?? 0) * fx;
  const lower = (values[at + width] ?? 0) * (1 - fx) + (values[at + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** The fourth corner by trying, module by module, as far as perspective may move it. */
function roughly(seen: Seen, marks: Marks, frame: Frame): Laid {
  const { topLeft, topRight, bottomLeft, module } = marks;
  const middle = across(topLeft, topRight, bottomLeft);
  const reach = Math.ceil(QR.perspective * frame.size);
  const laid = (dx: number, dy: number): Quad => [
    topLeft,
    topRight,
    { x: middle.x + dx * module, y: middle.y + dy * module },
    bottomLeft,
  ];
  let best: Laid = { seen, frame, corners: laid(0, 0), module, score: Number.NEGATIVE_INFINITY };
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const corners = laid(dx, dy);
      const score = scoreOf(seen, frame, corners, QR.roughly);
      if (score > best.score) best = { ...best, corners, score };
    }
  }
  return best;
}

function refined(start: Laid, first: number): Laid {
  let best = start;
  for (let step = first * start.module; step > start.module / 20; step /= 2) {
    for (let better = true; better; ) {
      better = false;
      for (let corner = 0; corner < 4; corner++) {
        for (const [dx, dy] of [
          [step, 0],
          [-step, 0],
          [0, step],
          [0, -step],
        ] as const) {
          const [a, b, c, d] = best.corners.map((point, i) =>
            i === corner ? { x: point.x + dx, y: point.y + dy } : point,
          );
          if (!a || !b || !c || !d) continue;
          const score = scoreOf(best.seen, best.frame, [a, b, c, d]);
          if (score <= best.score) continue;
          best = { ...best, corners: [a, b, c, d], score };
          better = true;
        }
      }
    }
  }
  return best;
}
