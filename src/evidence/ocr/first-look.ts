import type { Box, Grey } from '../grey.ts';
import { OCR } from '../plan.ts';
import { findLines } from './detect.ts';
import { runningTogether } from './lines.ts';
import type { Models } from './models.ts';
import { inverted, isLightOnDark } from './polarity.ts';

/** Where print stands in a picture, and how it leans. */
export interface Print {
  /** In pixels of `grey`. */
  lines: readonly Box[];
  /** The picture as it was looked at: turned round where its print is light on dark. */
  grey: Grey;
  /** Longer side at which the lines were found, in pixels. */
  side: number;
}

/**
 * Looks where print stands: for that a small picture will do, unless print is small or hard to see in it. Where some was
 * found, the next look is closer.
 */
export async function firstLook(models: Models, picture: Grey): Promise<Print> {
  let print: Print = { lines: [], grey: picture, side: 0 };
  for (const side of OCR.sides) {
    const { grey } = print;
    const lines = runningTogether(await findLines(models, grey, side));
    if (lines.length > 0) print = { lines, grey, side };
    else if (side >= OCR.side) break;
    const turn = grey === picture && isLightOnDark(grey, print.lines);
    const enough = isEnough(print);
    if (turn) print = { ...print, grey: inverted(picture) };
    if (enough) break;
  }
  return print;
}

/** A small picture has to show many lines to be believed; in a larger one a few do, if they are high enough to be whole. */
function isEnough({ lines, grey, side }: Print): boolean {
  if (side < OCR.side) return lines.length >= OCR.enoughLines;
  return (usualOf(lines) * side) / Math.max(grey.width, grey.height) >= OCR.leastHeight;
}

/** Height of the line that half of the print, by its length, is lower than. */
function usualOf(lines: readonly Box[]): number {
  const byHeight = lines.toSorted((a, b) => a.height - b.height);
  let left = byHeight.reduce((sum, { width }) => sum + width, 0) / 2;
  for (const { width, height } of byHeight) {
    left -= width;
    if (left <= 0) return height;
  }
  return 0;
}

/** The longer side at which the smaller print of a part is as high as the network that finds lines likes it. */
export function sideFor(lines: readonly Box[], part: { width: number; height: number }): number {
  // Among much print there is some that is smaller than the rest.
  if (lines.length > OCR.pageLines) return OCR.side;
  const side = (OCR.lineHeight * Math.max(part.width, part.height)) / smallOf(lines);
  return Math.round(Math.min(OCR.side, Math.max(OCR.leastSide, side)));
}

/** Height of the smaller lines; a quarter of them is lower. */
export function smallOf(lines: readonly Box[]): number {
  const heights = lines.map((box) => box.height).toSorted((a, b) => a - b);
  return heights[Math.floor(heights.length / 4)] ?? 1;
}
