/** Where a text is best cut, best first. */
const SEAMS = [/\n\n(?!\s*\n)/g, /\n/g, /[.!?…] /g, /\s/g];

/**
 * Cuts a text into pieces of at most `most` UTF-16 units, between paragraphs, lines, sentences or
 * words where it can, and never within a character.
 */
export function splitText(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const at = seamIn(rest.slice(0, most));
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** The last good place; never in the first half, or pieces would be many. */
function seamIn(head: string): number {
  for (const seam of SEAMS) {
    const last = [...head.matchAll(seam)].at(-1);
    const end = last ? last.index + last[0].length : 0;
    if (end > head.length / 2) return end;
  }
  const characters = [...new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(head)];
  // The last one may be half a character.
  const last = characters.at(-1);
  return last && last.index > 0 ? last.index : head.length;
}
