import { type Box, type Grey, resized } from '../grey.ts';
import { OCR } from '../plan.ts';
import { smallestBox } from './boxes.ts';
import type { Models } from './models.ts';

/** What the detection network expects of a pixel: the mean and spread of the pictures it was trained on. */
const MEAN = [0.485, 0.456, 0.406] as const;
const SPREAD = [0.229, 0.224, 0.225] as const;

/**
 * Finds lines of text. The network gives each pixel the probability of lying in the core of a line; pieces that hang
 * together become turned rectangles, widened from the core to the whole line.
 *
 * @param side longer side at which to look, in pixels
 * @returns boxes in pixels of `grey`, the likeliest first
 */
export async function findLines(models: Models, grey: Grey, side: number): Promise<Box[]> {
  const scale = Math.min(OCR.mostEnlarged, side / Math.max(grey.width, grey.height));
  const width = Math.max(32, Math.round((grey.width * scale) / 32) * 32);
  const height = Math.max(32, Math.round((grey.height * scale) / 32) * 32);
  const small = await resized(grey, width, height);
  const map = await models.detection.run(planes(small), [1, 3, height, width]);
  const [fx, fy] = [grey.width / width, grey.height / height];
  return piecesOf(map, width, height)
    .slice(0, OCR.mostLines)
    .map(({ box }) => stretched(widened(box), fx, fy));
}

function planes({ data }: Grey): Float32Array {
  const size = data.length;
  const input = new Float32Array(3 * size);
  for (let k = 0; k < 3; k++) {
    const table = Float32Array.from(
      { length: 256 },
      (_, v) => (v / 255 - (MEAN[k] ?? 0)) / (SPREAD[k] ?? 1),
    );
    for (let i = 0; i < size; i++) input[k * size + i] = table[data[i] ?? 0] ?? 0;
  }
  return input;
}

interface Piece {
  box: Box;
  score: number;
}

function piecesOf(map: Float32Array, width: number, height: number): Piece[] {
  const seen = new Uint8Array(map.length);
  const pieces: Piece[] = [];
  const stack: number[] = [];
  for (let start = 0; start < map.length; start++) {
    if (seen[start] || (map[start] ?? 0) < OCR.inLine) continue;
    stack.push(start);
    seen[start] = 1;
    let [sum, count] = [0, 0];
    // Only the ends of each row can be corners of the hull.
    const rows = new Map<number, [number, number]>();
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      sum += map[at] ?? 0;
      count++;
      const [x, y] = [at % width, Math.floor(at / width)];
      const row = rows.get(y);
      if (!row) rows.set(y, [x, x]);
      else if (x < row[0]) row[0] = x;
      else if (x > row[1]) row[1] = x;
      const around = [
        x > 0 ? at - 1 : -1,
        x < width - 1 ? at + 1 : -1,
        y > 0 ? at - width : -1,
        y < height - 1 ? at + width : -1,
      ];
      for (const next of around) {
        if (next < 0 || seen[next] || (map[next] ?? 0) < OCR.inLine) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    const score = sum / count;
    if (count < OCR.leastPixels || score < OCR.lineScore) continue;
    const points = [...rows].flatMap(([y, [left, right]]) => [
      { x: left, y },
      { x: right, y },
    ]);
    const box = smallestBox(points);
    if (!box || box.height < 3 || box.height > OCR.highest * Math.min(width, height)) continue;
    if (count >= OCR.fills * box.width * box.height) pieces.push({ box, score });
  }
  return pieces.sort((a, b) => b.box.width * b.score - a.box.width * a.score);
}

function widened(box: Box): Box {
  const by = (box.width * box.height * OCR.unclip) / (2 * (box.width + box.height));
  return { ...box, width: box.width + 2 * by, height: box.height + 2 * by };
}

/** The map's scale differs a little between the axes, since both are multiples of 32. */
function stretched(box: Box, fx: number, fy: number): Box {
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)];
  return {
    x: (box.x + 0.5) * fx,
    y: (box.y + 0.5) * fy,
    width: box.width * Math.hypot(cos * fx, sin * fy),
    height: box.height * Math.hypot(sin * fx, cos * fy),
    angle: Math.atan2(sin * fy, cos * fx),
  };
}
