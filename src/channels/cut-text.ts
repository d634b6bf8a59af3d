import { MAX_TEXT } from '../dialogue/event.ts';

/** The text as a turn may look at it; a pair of code units is never cut in two. */
export function cutText(text: string): { text: string; cut?: true } {
  if (text.length <= MAX_TEXT) return { text };
  const last = text.charCodeAt(MAX_TEXT - 1);
  const half = last >= 0xd800 && last <= 0xdbff;
  return { text: text.slice(0, half ? MAX_TEXT - 1 : MAX_TEXT), cut: true };
}
