import type { Point } from './grey.ts';

export type Quad = readonly [Point, Point, Point, Point];
export type Matrix = readonly [number, number, number, number, number, number, number, number];

/** The perspective map that takes four points to four others: (ax+by+c, dx+ey+f) / (gx+hy+1). */
export function homography(from: Quad, to: Quad): Matrix {
  const rows: number[][] = [];
  for (const [i, { x, y }] of from.entries()) {
    const { x: u, y: v } = to[i] ?? { x: 0, y: 0 };
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  }
  return solve(rows);
}

/** Gaussian elimination of eight equations with the right side as ninth column. */
function solve(rows: number[][]): Matrix {
  const n = 8;
  for (let i = 0; i < n; i++) {
    let best = i;
    for (let r = i + 1; r < n; r++) {
      if (Math.abs(rows[r]?.[i] ?? 0) > Math.abs(rows[best]?.[i] ?? 0)) best = r;
    }
    const [pivot, other] = [rows[best] ?? [], rows[i] ?? []];
    rows[i] = pivot;
    rows[best] = other;
    const by = pivot[i] || 1e-12;
    for (let r = 0; r < n; r++) {
      const row = rows[r];
      if (!row || r === i) continue;
      const factor = (row[i] ?? 0) / by;
      for (let c = i; c <= n; c++) row[c] = (row[c] ?? 0) - factor * (pivot[c] ?? 0);
    }
  }
  const at = (i: number) => (rows[i]?.[n] ?? 0) / (rows[i]?.[i] || 1e-12);
  return [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)];
}
