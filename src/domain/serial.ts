import { z } from 'zod';
import { isShort, lengthInFull, mendFull, readNine, splitFull } from './serial-shape.ts';
import {
  labelEnds,
  tidy,
  type Word,
  withoutFraming,
  withoutOtherNumbers,
  wordsOf,
} from './serial-text.ts';

/** A device serial. Two are the same device when `short` is the same. Upper case throughout. */
export const SerialSchema = z.object({
  /** Nine characters: 9 digits, a letter and 8 digits, or two letters and 7 digits. */
  short: z.string().regex(/^(?:\d{9}|[A-Z]\d{8}|[A-Z]{2}\d{7})$/),
  /** The long form with model, date and region, when that is what was given. */
  full: z.string().max(128).optional(),
  model: z.string().max(128).optional(),
});
export type Serial = z.infer<typeof SerialSchema>;

export type SerialParse =
  | {
      kind: 'serial';
      serial: Serial;
      /** The model is of no family that is known here: a warning, not an error. */
      unknownModel?: boolean;
      /** A letter that can only be a digit was read as one: ask before believing it. */
      corrected?: boolean;
    }
  /** O or 0, I or 1 in the first two places: two to four readings, most likely first. */
  | { kind: 'ambiguous'; candidates: Serial[] }
  /** `unsure`: some of them are readings of one and the same, or were mended. */
  | {
      kind: 'several';
      serials: Serial[];
      unsure?: true;
      /** There are others, beyond the 100 that are looked at. */
      more?: true;
    }
  /** Plainly meant as a serial and none. `seen` is short and fit to be shown. */
  | { kind: 'malformed'; seen: string; problem: 'tooShort' | 'tooLong' | 'shape' }
  | { kind: 'none' };

/** A serial that was found, with every way to read it. */
interface Found {
  readings: Serial[];
  corrected: boolean;
}

const MOST_SERIALS = 100;
const MOST_MODELS = 300;
const MOST_CHUNKS = 9;
const MOST_SEEN = 40;
const NONE: SerialParse = { kind: 'none' };

/**
 * Finds the serial that a person, a barcode or a label's text gives: short or full, in any case,
 * with spaces or dashes, behind "S/N:" or "số sê-ri", with other text around it. Never throws.
 *
 * @param text anything; only the first 16,384 characters are looked at
 */
export function parseSerial(text: string): SerialParse {
  const whole = tidy(text);
  const full = findFull(whole);
  const rest = blankOut(whole, full.spans);
  const labelled = findLabelled(rest);
  const named = [...full.found, ...labelled.found];
  if (named.length > 0) return answer(named, whole);
  const plain = withoutOtherNumbers(rest);
  const words = wordsOf(plain);
  const found = findWritten(words, plain, isWrittenWell);
  const spoken = found.length > 0 ? found : findWritten(words, plain, isWrittenSo);
  if (spoken.length > 0) return answer(spoken, whole);
  const framed = withoutFraming(plain);
  const alone = findAlone(framed);
  if (alone) return answer([alone], whole);
  return labelled.malformed ?? malformedAlone(framed) ?? NONE;
}

/** Whether a text says of a number that it is a serial: "S/N: …", "số seri …". */
export function namesSerial(text: string): boolean {
  return labelEnds(tidy(text)).length > 0;
}

/** Whether the text is one whole serial in the long form, spaces and case aside. */
export function isFullSerial(text: string): boolean {
  return splitFull(text.toUpperCase().replace(/\s+/g, '')) !== null;
}

/** Serials are compared by their short form only. */
export function sameDevice(a: Serial, b: Serial): boolean {
  return a.short === b.short;
}

/** Places (from 0) at which two short serials differ; missing characters differ too. */
export function differingPlaces(a: string, b: string): number[] {
  const [left, right] = [a.toUpperCase(), b.toUpperCase()];
  const places: number[] = [];
  for (let place = 0; place < Math.max(left.length, right.length); place += 1) {
    if (left[place] !== right[place]) places.push(place);
  }
  return places;
}

function answer(all: readonly Found[], text: string): SerialParse {
  const each = new Map<string, Found>();
  for (const found of all) {
    const key = found.readings[0]?.short ?? '';
    const known = each.get(key);
    if (!known || (!known.readings[0]?.full && found.readings[0]?.full)) each.set(key, found);
  }
  const [only, second] = each.values();
  if (!only) return NONE;
  if (second) {
    const all = [...each.values()];
    const readings = all.flatMap((found) => found.readings);
    const serials = readings.slice(0, MOST_SERIALS);
    const more = readings.length > MOST_SERIALS;
    const unsure = all.some(({ readings, corrected }) => readings.length > 1 || corrected);
    return {
      kind: 'several',
      serials,
      ...(unsure ? { unsure } : {}),
      ...(more ? { more } : {}),
    };
  }
  const [first, other] = only.readings;
  if (!first) return NONE;
  if (other) return { kind: 'ambiguous', candidates: only.readings };
  const model = first.model ?? modelBeside(text);
  const serial = model ? { ...first, model } : first;
  const unknownModel = model !== undefined && !/^(?:I?DS|CS)-/.test(model);
  return {
    kind: 'serial',
    serial,
    ...(unknownModel ? { unknownModel } : {}),
    ...(only.corrected ? { corrected: true } : {}),
  };
}

/** The one model that a pasted label names beside its short serial. */
function modelBeside(text: string): string | undefined {
  const named = text
    .toUpperCase()
    .matchAll(/(?<![A-Z0-9-])(?:I?DS|CS|HWI|HWN|HWT|THC|IPC)-[A-Z0-9][A-Z0-9()/\-_.+]{2,40}/g);
  const models = new Set([...named].map((match) => match[0].replace(/[^A-Z0-9)]+$/, '')));
  const [model] = models;
  return models.size === 1 && model && /\d/.test(model) ? model : undefined;
}

interface Span {
  from: number;
  to: number;
}

function blankOut(text: string, spans: readonly Span[]): string {
  let rest = text;
  for (const { from, to } of spans) {
    rest = rest.slice(0, from) + '\n'.repeat(to - from) + rest.slice(to);
  }
  return rest;
}

/** Full serials, which may have been typed or wrapped with spaces inside. */
function findFull(text: string): { found: Found[]; spans: Span[] } {
  const found: Found[] = [];
  const spans: Span[] = [];
  let after = 0;
  let tried = 0;
  for (const start of text.matchAll(/(?<![\p{L}\p{N}-])[A-Za-z][A-Za-z0-9]{1,5}-/gu)) {
    tried += 1;
    if (start.index < after || tried > MOST_MODELS) continue;
    const hit = fullAt(text, start.index);
    if (!hit) continue;
    found.push(hit.found);
    spans.push({ from: start.index, to: hit.to });
    after = hit.to;
  }
  return { found, spans };
}

interface Hit {
  found: Found;
  to: number;
}

function fullAt(text: string, from: number): Hit | null {
  let joined = '';
  let mended: Hit | null = null;
  const chunks = [...text.slice(from, from + 160).matchAll(/\S+/g)].slice(0, MOST_CHUNKS);
  for (const chunk of chunks) {
    joined += chunk[0].toUpperCase();
    const clean = joined.replace(/[^A-Z0-9]+$/, '');
    const to = from + chunk.index + chunk[0].length;
    const strict = asFull(clean, false);
    if (strict) return { found: strict, to };
    const repaired = mendFull(clean);
    const found = repaired ? asFull(repaired, true) : null;
    if (found) mended ??= { found, to };
  }
  return mended;
}

function asFull(text: string, corrected: boolean): Found | null {
  const parts = splitFull(text);
  if (!parts) return null;
  const at = parts.full.lastIndexOf(parts.short);
  const readings = readNine(parts.short).candidates.map((short) => ({
    short,
    full: parts.full.slice(0, at) + short + parts.full.slice(at + 9),
    model: parts.model,
  }));
  return { readings, corrected };
}

function asShort(nine: string): Found | null {
  const { candidates, corrected } = readNine(nine);
  if (candidates.length === 0) return null;
  return { readings: candidates.map((short) => ({ short })), corrected };
}

const isWrittenWell = isShort;

/** In the middle of a text, misread digits are believed only among enough real ones. */
function isWrittenSo(nine: string): boolean {
  return nine.length === 9 && digitsIn(nine) >= 4 && readNine(nine).candidates.length > 0;
}

function digitsIn(text: string): number {
  return text.replace(/\D/g, '').length;
}

/** Words from `start` on that stand together with only a space or a dash between them. */
function runFrom(words: readonly Word[], start: number, text: string): Word[] {
  const run: Word[] = [];
  for (let i = start; i < words.length && run.length < 9; i += 1) {
    const [word, before] = [words[i], run.at(-1)];
    if (!word || (before && !/^(?: {1,2}| ?- ?)$/.test(text.slice(before.to, word.from)))) break;
    run.push(word);
  }
  return run;
}

/** How many words of a run make one serial (0 = none). A number that goes on is none. */
function serialInRun(run: readonly Word[], fits: (nine: string) => boolean): number {
  let joined = '';
  for (const [index, word] of run.entries()) {
    if (index > 0 && !/^[0-9OQDILZSGB]*\d[0-9OQDILZSGB]*$/.test(word.text)) return 0;
    joined += word.text;
    if (joined.length > 9) return 0;
    if (joined.length === 9 && fits(joined)) {
      const next = run[index + 1]?.text ?? '';
      return index > 0 && /^\d+$/.test(next) ? 0 : index + 1;
    }
  }
  return 0;
}

/** What stands behind "S/N:" and its like, up to four other words on. */
function findLabelled(text: string): { found: Found[]; malformed: SerialParse | null } {
  const words = wordsOf(text);
  const found: Found[] = [];
  let malformed: SerialParse | null = null;
  for (const end of labelEnds(text)) {
    const first = words.findIndex((word) => word.from >= end);
    if (first < 0) continue;
    const hit = labelledAt(words, first, text);
    if (hit && 'readings' in hit) found.push(hit);
    else malformed ??= hit;
  }
  for (const { text: word } of words) {
    const stuck = /^(?:SN|SERIAL)(.{9})$/.exec(word)?.[1];
    const hit = stuck && isShort(stuck) ? asShort(stuck) : null;
    if (hit) found.push(hit);
  }
  return { found: found.slice(0, MOST_SERIALS + 1), malformed };
}

function labelledAt(
  words: readonly Word[],
  first: number,
  text: string,
): Found | SerialParse | null {
  for (let skip = 0; skip <= 4; skip += 1) {
    const run = runFrom(words, first + skip, text);
    const [word] = run;
    if (!word) return null;
    const length = serialInRun(
      run,
      (nine) => digitsIn(nine) >= 3 && readNine(nine).candidates.length > 0,
    );
    const hit = length ? asShort(joinWords(run.slice(0, length))) : null;
    if (hit && (length === 1 || skip === 0 || word.raw === word.text)) return hit;
    if (/\d/.test(word.text)) return malformedRun(run);
  }
  return null;
}

function joinWords(words: readonly Word[]): string {
  return words.map((word) => word.text).join('');
}

/** Serials in plain text: single words first, then words that belong together. */
function findWritten(
  words: readonly Word[],
  text: string,
  fits: (nine: string) => boolean,
): Found[] {
  const found: Found[] = [];
  for (let i = 0; i < words.length && found.length <= MOST_SERIALS; i += 1) {
    const run = runFrom(words, i, text);
    const length = serialInRun(run, fits);
    if (length === 0 || !standsAlone(words, i, length, text)) continue;
    const hit = asShort(joinWords(run.slice(0, length)));
    if (hit) found.push(hit);
    i += length - 1;
  }
  return found;
}

/** Whether words are a serial of their own and not part of a longer number or a sentence. */
function standsAlone(words: readonly Word[], at: number, length: number, text: string): boolean {
  const [first, before, after] = [words[at], words[at - 1], words[at + length]];
  const last = words[at + length - 1];
  if (!first || !last) return false;
  const gapBefore = before ? text.slice(before.to, first.from) : '\n';
  const gapAfter = after ? text.slice(last.to, after.from) : '\n';
  if (length === 1) {
    const dashed =
      (gapBefore === '-' && /^\d+$/.test(before?.text ?? '')) ||
      (gapAfter === '-' && /^\d+$/.test(after?.text ?? ''));
    return !(dashed && /^\d/.test(first.text));
  }
  if (/^[ -]+$/.test(gapBefore) && /^\d+$/.test(before?.text ?? '')) return false;
  // "em 1234567": a short word before a number is the serial's only when written in capitals.
  return /\d/.test(first.text) || first.raw === first.text;
}

/** A message that is nothing but a serial, however it was spaced. */
function findAlone(text: string): Found | null {
  const words = wordsOf(text);
  const run = runFrom(words, 0, text);
  if (run.length === 0 || run.length !== words.length) return null;
  const nine = joinWords(run);
  return nine.length === 9 && digitsIn(nine) >= 3 ? asShort(nine) : null;
}

/** What to say about a text that is nothing but something like a serial. */
function malformedAlone(text: string): SerialParse | null {
  const [chunk, more] = text.trim().split(/\s+/);
  const named = chunk?.toUpperCase() ?? '';
  if (more === undefined && /^(?:I?DS|CS|HWI|HWN|HWT|THC|IPC)-(?=.*\d)/.test(named)) {
    const length = lengthInFull(named) ?? 9;
    return malformed(named, length);
  }
  const words = wordsOf(text);
  const run = runFrom(words, 0, text);
  if (run.length === 0 || run.length !== words.length) return null;
  const seen = joinWords(run);
  const split = run.length > 1;
  if (split && (seen.length < 7 || !run.slice(1).every((word) => /\d/.test(word.text))))
    return null;
  if (seen.length > 14 || isOtherNumber(seen)) return null;
  return malformedRun(run);
}

/** Ten digits from 0 on are a telephone or tax number, twelve an identity card, hex a MAC address. */
function isOtherNumber(text: string): boolean {
  return /^0\d{9,13}$/.test(text) || /^(?=.*[A-F].*[A-F])[0-9A-F]{12}$/.test(text);
}

function malformedRun(run: readonly Word[]): SerialParse | null {
  const upTo = run.findIndex((word, index) => index > 0 && !/\d/.test(word.text));
  const seen = joinWords(upTo < 0 ? run : run.slice(0, upTo));
  const digits = digitsIn(seen);
  if (!/^[A-Z0-9]{4,}$/.test(seen) || digits < 3 || digits * 2 < seen.length) return null;
  if (seen.length < 6 && digits < 4) return null;
  return malformed(seen, seen.length);
}

function malformed(seen: string, length: number): SerialParse {
  const problem = length < 9 ? 'tooShort' : length > 9 ? 'tooLong' : 'shape';
  return { kind: 'malformed', seen: seen.slice(0, MOST_SEEN), problem };
}
