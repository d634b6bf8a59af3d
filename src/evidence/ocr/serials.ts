import { splitFull } from '../../domain/serial-shape.ts';
import type { Letter } from './recognise.ts';

/** A serial in one line of text. `from` and `to` count letters. */
export interface Hit {
  short: string;
  full?: string;
  model?: string;
  from: number;
  to: number;
  /** A mark that means "serial" stands before it in the same line, or it is a full serial, which nothing else looks like. */
  anchored: boolean;
}

const SHORT = '(?:\\d{9}|[A-Z]\\d{8}|[A-Z]{2}\\d{7})';
const ALONE = new RegExp(`(?<![A-Z0-9])${SHORT}(?![A-Z0-9])`, 'g');
/** "S/N" and "Serial No" as they are read when their stroke or dot is lost. */
const MARK =
  '(?:S[/\\\\|I1L7]N|S N|SN|SERIAL ?N[O0]|SERIAL ?NUMBER|SERIA[L1I]|S[O06] ?SE[- ]?RI|SE[- ]?RI)';
const MARK_AT_END = new RegExp(`(?<![A-Z0-9])(?:DEVICE ?|CAMERA ?)?${MARK}[ .:;#,-]*$`);
const MARKED = new RegExp(`(?<![A-Z0-9])${MARK}[.:;#,-]{0,2}(?<short>${SHORT})(?![A-Z0-9])`, 'g');
const LONG = /(?<![A-Z0-9-])[A-Z]{2,4}-[A-Z0-9()/\-_.+]{18,90}/g;

/** Whether a line is, or ends in, a mark that means "serial": what follows it, or stands below it, is one. */
export function isMark(plain: string): boolean {
  return MARK_AT_END.test(plain.trim()) || isBlurredMark(plain);
}

/** Marks that stand alone in their line, and how many letters of each may be wrong, missing or too many. */
const BLURRED_MARKS = [
  ['SOSERI', 1],
  ['SERIALNO', 1],
  ['DEVICESERIALNO', 2],
] as const;

/**
 * A line that is nothing but a mark, one or two letters misread. A short one has to begin as a serial's: "MATERIAL NO."
 * with its first letters lost looks much like it.
 */
function isBlurredMark(plain: string): boolean {
  const letters = plain
    .replaceAll('0', 'O')
    .replaceAll('1', 'I')
    .replace(/[^A-Z]/g, '');
  return BLURRED_MARKS.some(
    ([mark, wrong]) => (wrong > 1 || letters[0] === mark[0]) && differ(letters, mark) <= wrong,
  );
}

/** How many letters have to be changed, left out or added to make one text of the other. */
function differ(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [above, char] of [...one].entries()) {
    const next = [above + 1];
    for (const [at, wanted] of [...other].entries()) {
      const changed = (row[at] ?? 0) + Number(char !== wanted);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Whether a line might hold a serial that was not read well: worth a second look. */
export function mayHoldSerial(plain: string): boolean {
  return /(?:[0-9OQDILZSGB]{7})/.test(plain) && /\d{4}/.test(plain);
}

/** The serials in a line, exactly as they stand there: nothing is mended. */
export function serialsIn(plain: string): Hit[] {
  const hits: Hit[] = [];
  for (const match of plain.matchAll(LONG)) {
    const parts = splitFull(match[0]);
    if (!parts) continue;
    const from = match.index + match[0].lastIndexOf(parts.short);
    const { short, full, model } = parts;
    hits.push({ short, full, model, from, to: from + 9, anchored: true });
  }
  if (hits.length > 0) return hits;
  for (const match of plain.matchAll(MARKED)) {
    const short = match.groups?.short ?? '';
    const from = match.index + match[0].length - short.length;
    hits.push({ short, from, to: from + short.length, anchored: true });
  }
  for (const match of plain.matchAll(ALONE)) {
    if (hits.some((hit) => hit.from === match.index)) continue;
    const anchored = isMark(plain.slice(0, match.index));
    hits.push({ short: match[0], from: match.index, to: match.index + 9, anchored });
  }
  return hits;
}

/** Whether a line names its number as something that is no serial: a material number, a MAC address. */
export function isOther(plain: string): boolean {
  return (
    /(?<![A-Z0-9])(?:MATERIAL|P[/\\|I1]?N|PART|EAN|MAC|MST|CODE|KHACH|VERSION|BUILD|MODEL)(?![A-Z0-9])/.test(
      plain,
    ) && !new RegExp(MARK).test(plain)
  );
}

/** Whether a line holds nine characters that differ from `short` in at most two. */
export function isNear(plain: string, short: string): boolean {
  for (let from = 0; from + short.length <= plain.length; from++) {
    let differ = 0;
    for (let i = 0; i < short.length; i++) if (plain[from + i] !== short[i]) differ++;
    if (differ <= 2) return true;
  }
  return false;
}

/** Whether nothing but the serial stands in the line, so that a mark elsewhere may be its mark. */
export function standsAlone(plain: string, hit: Hit): boolean {
  return !/[A-Z0-9]/.test(plain.slice(0, hit.from) + plain.slice(hit.to));
}

/** The letters of a hit in one reading of its line, or null where that reading says something else. */
export function lettersOf(
  letters: readonly Letter[],
  hits: readonly Hit[],
  short: string,
): readonly Letter[] | null {
  const hit = hits.find((one) => one.short === short);
  return hit ? letters.slice(hit.from, hit.to) : null;
}
