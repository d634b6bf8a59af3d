import { type Box, cutLevel, type Grey } from '../grey.ts';

/** Height of a line as the recognition network reads it. */
export const STRIP_HEIGHT = 48;

/** A line of text cut out and laid level, STRIP_HEIGHT high, as wide as its shape asks, but at most `widest`. */
export function cutOut(grey: Grey, box: Box, widest: number): Grey {
  const width = Math.round((STRIP_HEIGHT * box.width) / box.height);
  return cutLevel(grey, box, Math.max(8, Math.min(widest, width)), STRIP_HEIGHT);
}
