import type { Box, Point } from '../grey.ts';

/** The four corners, beginning at the left top of the text, clockwise. */
export function cornersOf({ x, y, width, height, angle }: Box): Point[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([a = 0, b = 0]) => {
    const [dx, dy] = [(a * width) / 2, (b * height) / 2];
    return { x: x + dx * cos - dy * sin, y: y + dx * sin + dy * cos };
  });
}

/** A part of a box along its text, `from` and `to` in 0..1. */
export function partOf(box: Box, from: number, to: number): Box {
  const shift = ((from + to) / 2 - 0.5) * box.width;
  return {
    ...box,
    x: box.x + shift * Math.cos(box.angle),
    y: box.y + shift * Math.sin(box.angle),
    width: box.width * (to - from),
  };
}

/** The smallest rectangle around points; its longer side is its width. */
export function smallestBox(points: readonly Point[]): Box | null {
  const hull = hullOf(points);
  let best: Box | null = null;
  for (const [i, a] of hull.entries()) {
    const b = hull[(i + 1) % hull.length];
    if (!b) continue;
    const angle = Math.atan2(b.y - a.y, b.x - a.x);
    const box = boxAt(hull, angle);
    if (!best || box.width * box.height < best.width * best.height) best = box;
  }
  if (!best) return null;
  return best.width >= best.height ? best : turned(best);
}

/** The same rectangle with its other side as width. */
export function turned(box: Box): Box {
  return { ...box, width: box.height, height: box.width, angle: box.angle + Math.PI / 2 };
}

function boxAt(points: readonly Point[], angle: number): Box {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    const u = x * cos + y * sin;
    const v = y * cos - x * sin;
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    x: u * cos - v * sin,
    y: u * sin + v * cos,
    width: right - left + 1,
    height: bottom - top + 1,
    angle,
  };
}

/** Convex hull by Andrew's monotone chain. */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (list: readonly Point[]) => {
    const chain: Point[] = [];
    for (const p of list) {
      for (;;) {
        const [a, b] = [chain.at(-2), chain.at(-1)];
        if (!a || !b || (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}
