import { type Box, cutLevel, type Grey, type Point } from '../grey.ts';
import { QR } from '../plan.ts';
import { evenLight, PER, sumsOf } from './sheet.ts';

/** The three finder marks of a code, each by its centre in pixels, and the side of a module there. */
export interface Marks {
  topLeft: Point;
  topRight: Point;
  bottomLeft: Point;
  module: number;
  /** How much they look like marks, 0..1. */
  score: number;
}

interface Peak {
  x: number;
  y: number;
  score: number;
}

/** How far from a corner of the patch a mark may lie, as a share of the patch. */
const CORNER = 0.42;

/**
 * Looks for finder marks in three corners of a patch, at every size that a module may have in it. A mark is four squares
 * within each other, which sums over rectangles find at any sharpness.
 *
 * @returns the likeliest first
 */
export function marksIn(grey: Grey, patch: Box): Marks[] {
  const side = Math.max(patch.width, patch.height) * QR.patchMargin;
  const flatSide = Math.min(Math.round(side), QR.largest * PER);
  const flat = cutLevel(grey, { ...patch, width: side, height: side }, flatSide, flatSide);
  const middle = flatSide / 2;
  const around = { x: middle, y: middle, width: flatSide, height: flatSide, angle: 0 };
  // Of each of the four ways up, the best: under a reflection the true one is not the likeliest.
  const found: (Marks | undefined)[] = [];
  for (let size: number = QR.smallest; size < QR.largest; size *= QR.sizeStep) {
    const width = Math.round(size * PER);
    const level = cutLevel(flat, around, width, width);
    const even = evenLight(Float32Array.from(level.data), width, width, 5 * PER);
    const likeness = likenessOf(even, width);
    const [cos, sin] = [Math.cos(patch.angle), Math.sin(patch.angle)];
    const back = ({ x, y }: Peak): Point => {
      const dx = (x / width - 0.5) * side;
      const dy = (y / width - 0.5) * side;
      return { x: patch.x + dx * cos - dy * sin, y: patch.y + dx * sin + dy * cos };
    };
    // Clockwise, from the left at the top.
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].map(([right = 0, down = 0]) => peakIn(likeness, width, right, down));
    for (let turn = 0; turn < 4; turn++) {
      const [bottomLeft, topLeft, topRight] = [3, 0, 1].map((i) => corners[(i + turn) % 4]);
      if (!bottomLeft || !topLeft || !topRight) continue;
      const score = (bottomLeft.score + topLeft.score + topRight.score) / 3;
      if (score <= (found[turn]?.score ?? QR.likeMarks)) continue;
      found[turn] = {
        topLeft: back(topLeft),
        topRight: back(topRight),
        bottomLeft: back(bottomLeft),
        module: side / size,
        score,
      };
    }
  }
  return found
    .filter((one) => one !== undefined)
    .sort((a, b) => b.score - a.score)
    .slice(0, QR.marks);
}

/** Correlation with a mark of seven modules and the light ring around it, at each place. */
function likenessOf(even: Float32Array, width: number): Float32Array {
  const sums = sumsOf(even, width, width);
  const squares = sumsOf(
    even.map((value) => value * value),
    width,
    width,
  );
  const line = width + 1;
  const over = (of: Float64Array, x: number, y: number, modules: number) => {
    const reach = (modules * PER) / 2;
    const [top, bottom] = [(y - reach) * line, (y + reach) * line];
    return (
      (of[bottom + x + reach] ?? 0) -
      (of[bottom + x - reach] ?? 0) -
      (of[top + x + reach] ?? 0) +
      (of[top + x - reach] ?? 0)
    );
  };
  const out = new Float32Array(width * width);
  const reach = (9 * PER) / 2;
  const count = (9 * PER) ** 2;
  // Of 81 modules 33 are dark.
  const mean = (33 - 48) / 81;
  const spread = Math.sqrt(1 - mean * mean);
  for (let y = reach; y <= width - reach; y++) {
    for (let x = reach; x <= width - reach; x++) {
      const all = over(sums, x, y, 9);
      const inner = 2 * (over(sums, x, y, 7) - over(sums, x, y, 5) + over(sums, x, y, 3));
      const energy = over(squares, x, y, 9) - (all * all) / count;
      if (energy < 0.05 * count) continue;
      const likeness = -(inner - all - mean * all) / (spread * Math.sqrt(energy * count));
      if (x < width && y < width) out[y * width + x] = likeness;
    }
  }
  return out;
}

function peakIn(likeness: Float32Array, width: number, right: number, down: number): Peak {
  const zone = Math.round(width * CORNER);
  const [fromX, fromY] = [right * (width - zone), down * (width - zone)];
  const best: Peak = { x: 0, y: 0, score: -1 };
  for (let y = fromY; y < fromY + zone; y++) {
    for (let x = fromX; x < fromX + zone; x++) {
      const score = likeness[y * width + x] ?? 0;
      if (score > best.score) Object.assign(best, { x, y, score });
    }
  }
  return best;
}
