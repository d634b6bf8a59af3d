import type { Box } from '../grey.ts';
import { OCR } from '../plan.ts';
import { cornersOf } from './boxes.ts';

/** A box in the directions of its text: `u` along, `v` across, both of the centre. */
interface Laid {
  u: number;
  v: number;
  width: number;
  height: number;
}

function laid(box: Box, angle: number): Laid {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    u: box.x * cos + box.y * sin,
    v: box.y * cos - box.x * sin,
    width: box.width,
    height: box.height,
  };
}

/** What stands to the left of `value` on the same row, the nearest first. */
export function leftOf(value: Box, boxes: readonly Box[]): Box[] {
  return nearestFirst(value, boxes, (here, there) => {
    const gap = here.u - here.width / 2 - (there.u + there.width / 2);
    const level = Math.abs(there.v - here.v) < 0.6 * Math.max(here.height, there.height);
    return level && gap >= -here.height && gap <= OCR.farLeft * here.height ? gap : null;
  });
}

/** What stands above `value` in its column, the nearest first. */
export function above(value: Box, boxes: readonly Box[]): Box[] {
  return nearestFirst(value, boxes, (here, there) => {
    const up = here.v - there.v;
    const starts = Math.abs(there.u - there.width / 2 - (here.u - here.width / 2));
    const centres = Math.abs(there.u - here.u);
    const shared = Math.min(starts, centres) < 2 * here.height;
    return shared && up > 0.6 * here.height && up < OCR.farUp * here.height ? up : null;
  });
}

/** @param away how far a box is from `value`, both laid in its direction; null leaves it out */
function nearestFirst(
  value: Box,
  boxes: readonly Box[],
  away: (here: Laid, there: Laid) => number | null,
): Box[] {
  const here = laid(value, value.angle);
  return boxes
    .flatMap((box) => {
      const far = box === value ? null : away(here, laid(box, value.angle));
      return far === null ? [] : [{ box, far }];
    })
    .sort((a, b) => a.far - b.far)
    .map(({ box }) => box);
}

/** Whether two boxes share some place, judged by the rectangles that run with the first. */
export function overlaps(one: Box, other: Box): boolean {
  const [a, b] = [laid(one, one.angle), laid(other, one.angle)];
  return (
    Math.abs(a.u - b.u) < (a.width + b.width) / 2 && Math.abs(a.v - b.v) < (a.height + b.height) / 2
  );
}

/** The rectangle around all lines, along the longest, with a margin as a share of its longer side. Null for none. */
export function regionOf(lines: readonly Box[], margin: number): Box | null {
  const [longest] = lines.toSorted((a, b) => b.width - a.width);
  if (!longest) return null;
  const [cos, sin] = [Math.cos(longest.angle), Math.sin(longest.angle)];
  const corners = lines.flatMap(cornersOf);
  const us = corners.map(({ x, y }) => x * cos + y * sin);
  const vs = corners.map(({ x, y }) => y * cos - x * sin);
  const [left, right, top, bottom] = [
    Math.min(...us),
    Math.max(...us),
    Math.min(...vs),
    Math.max(...vs),
  ];
  const more = margin * Math.max(right - left, bottom - top);
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    x: u * cos - v * sin,
    y: u * sin + v * cos,
    width: right - left + 2 * more,
    height: bottom - top + 2 * more,
    angle: longest.angle,
  };
}

/**
 * A part of a picture and what lies beyond an edge that its print runs into: of a line that begins in faint print, the first
 * look may have seen a piece. Null when no line does.
 *
 * @param region the part, in pixels of the picture
 * @param size of the part as it was cut out and laid level, in its own pixels
 * @param boxes the lines found in it, in those pixels
 */
export function wholeOf(
  region: Box,
  { width, height }: { width: number; height: number },
  boxes: readonly Box[],
): Box | null {
  const corners = boxes.flatMap(cornersOf);
  const edge = OCR.atEdge * Math.max(width, height);
  const beyond = (runsInto: boolean) => (runsInto ? OCR.beyond : 0);
  const left = beyond(corners.some(({ x }) => x < edge));
  const right = beyond(corners.some(({ x }) => x > width - edge));
  const top = beyond(corners.some(({ y }) => y < edge));
  const bottom = beyond(corners.some(({ y }) => y > height - edge));
  if (left + right + top + bottom === 0) return null;
  const [across, down] = [
    ((right - left) * region.width) / 2,
    ((bottom - top) * region.height) / 2,
  ];
  const [cos, sin] = [Math.cos(region.angle), Math.sin(region.angle)];
  return {
    x: region.x + across * cos - down * sin,
    y: region.y + across * sin + down * cos,
    width: region.width * (1 + left + right),
    height: region.height * (1 + top + bottom),
    angle: region.angle,
  };
}
