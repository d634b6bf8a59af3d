import type { Box, Grey } from '../grey.ts';
import { smallestBox } from '../ocr/boxes.ts';
import { QR } from '../plan.ts';

/**
 * Where a code of many modules may lie: a compact patch in which grey changes much along both axes. Nothing of its
 * modules need be told apart for that.
 *
 * @returns turned rectangles in pixels of `grey`, the most likely first
 */
export function patchesIn(grey: Grey): Box[] {
  const cell = Math.max(6, Math.round(Math.max(grey.width, grey.height) / QR.cells));
  const [columns, rows] = [Math.floor(grey.width / cell), Math.floor(grey.height / cell)];
  const busy = smoothed(busyness(grey, cell, columns, rows), columns, rows);
  const sorted = busy.toSorted();
  const top = sorted[Math.floor(sorted.length * QR.busiest)] ?? 0;
  // The sensor's noise is everywhere.
  const floor = sorted[Math.floor(sorted.length / 4)] ?? 0;
  const found: { box: Box; weight: number }[] = [];
  for (const share of QR.busyShares) {
    for (const cells of piecesOf(busy, columns, rows, floor + share * (top - floor))) {
      const box = smallestBox(
        cells.flatMap((at) => cornersAt(at % columns, Math.floor(at / columns))),
      );
      if (!box || box.height < QR.leastCells || box.width > QR.slenderest * box.height) continue;
      const fills = cells.length / (box.width * box.height);
      if (fills < QR.fills) continue;
      let sum = 0;
      for (const at of cells) sum += busy[at] ?? 0;
      const scaled = {
        ...box,
        x: box.x * cell,
        y: box.y * cell,
        width: box.width * cell,
        height: box.height * cell,
      };
      found.push({ box: scaled, weight: sum * fills });
    }
  }
  return distinct(found.sort((a, b) => b.weight - a.weight).map(({ box }) => box)).slice(
    0,
    QR.patches,
  );
}

/** Pixels between which grey is compared: noise differs as much between neighbours, a blurred module less. */
const LAG = 2;
/** The weaker of the changes along and across in each cell, against its light. */
function busyness(
  { data, width }: Grey,
  cell: number,
  columns: number,
  rows: number,
): Float32Array {
  const out = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let [along, across, light] = [0, 0, 0];
      for (let y = row * cell; y < (row + 1) * cell - LAG; y++) {
        for (let at = y * width + column * cell, end = at + cell - LAG; at < end; at++) {
          const value = data[at] ?? 0;
          light += value;
          along += Math.abs((data[at + LAG] ?? 0) - value);
          across += Math.abs((data[at + LAG * width] ?? 0) - value);
        }
      }
      const pixels = (cell - LAG) ** 2;
      out[row * columns + column] =
        Math.max(0, Math.min(along, across) - QR.noise * pixels) / (light + 20 * pixels);
    }
  }
  return out;
}

/** The mean of three by three cells. */
function smoothed(values: Float32Array, columns: number, rows: number): Float32Array {
  return values.map((_, at) => {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    let [sum, count] = [0, 0];
    for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
        sum += values[ny * columns + nx] ?? 0;
        count++;
      }
    }
    return sum / count;
  });
}

function piecesOf(values: Float32Array, columns: number, rows: number, above: number): number[][] {
  const seen = new Uint8Array(values.length);
  const pieces: number[][] = [];
  for (let start = 0; start < values.length; start++) {
    if (seen[start] || (values[start] ?? 0) < above) continue;
    const piece: number[] = [];
    const stack = [start];
    seen[start] = 1;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      piece.push(at);
      const x = at % columns;
      const around = [
        x > 0 ? at - 1 : -1,
        x < columns - 1 ? at + 1 : -1,
        at - columns,
        at + columns < columns * rows ? at + columns : -1,
      ];
      for (const next of around) {
        if (next < 0 || seen[next] || (values[next] ?? 0) < above) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

function cornersAt(x: number, y: number) {
  return [
    { x, y },
    { x: x + 1, y },
    { x, y: y + 1 },
    { x: x + 1, y: y + 1 },
  ];
}

/** Without those that lie on a better one and are about as large. */
function distinct(boxes: readonly Box[]): Box[] {
  const kept: Box[] = [];
  for (const box of boxes) {
    const known = kept.some(
      (one) =>
        Math.hypot(one.x - box.x, one.y - box.y) < 0.12 * one.width &&
        Math.abs(one.width - box.width) < 0.12 * one.width,
    );
    if (!known) kept.push(box);
  }
  return kept;
}
