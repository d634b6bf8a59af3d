import { type Box, type Grey, normalised } from '../grey.ts';
import { OCR } from '../plan.ts';
import { partOf } from './boxes.ts';
import { above, leftOf, overlaps } from './layout.ts';
import { type Lines, plainOf, type TextLine } from './lines.ts';
import type { Models } from './models.ts';
import { type Letter, readStrip } from './recognise.ts';
import {
  type Hit,
  isMark,
  isNear,
  isOther,
  lettersOf,
  mayHoldSerial,
  serialsIn,
  standsAlone,
} from './serials.ts';
import { cutOut } from './strip.ts';

/** A serial that stands in the picture as text. */
export interface Sighting {
  short: string;
  full?: string;
  model?: string;
  /** See confidenceOf. */
  confidence: number;
  anchored: boolean;
  box: Box;
}

/** How a line is cut out again: its height and place changed a little, its grey levels spread. */
interface Cut {
  grow: number;
  shift: number;
  spread: boolean;
}

const CUTS: readonly Cut[] = [
  { grow: 1, shift: 0, spread: true },
  { grow: 1.2, shift: 0, spread: false },
  { grow: 0.88, shift: 0, spread: true },
  { grow: 1.08, shift: 0.06, spread: false },
];

/**
 * Parts of a serial that are read by themselves, by their first and last place. Where nine digits stand, the first may be a
 * letter, and is read quite alone: an L that was taken for a 1 at 0.88 comes to 0.49 so (26-49), true digits stay above
 * 0.97. Where two letters stand, both were read against what the network expects.
 */
function partsOf(short: string): readonly (readonly [number, number])[] {
  if (/^[A-Z]{2}/.test(short)) return [];
  const halves = [
    [0, 4],
    [4, 8],
  ] as const;
  return /^\d/.test(short) ? [...halves, [0, 0]] : halves;
}

/** Where and how serials are looked for among the lines of a picture. */
export interface Looking {
  models: Models;
  grey: Grey;
  lines: Lines;
  /** Short serial that the picture should show, if known: lines like it come first. */
  claim: string | null;
  spent: () => boolean;
  /** Each line is read once and believed, as a measurement compares it. */
  once?: boolean;
}

/**
 * Looks for serials among the lines of a picture. A line that may hold one is read several times, cut out a little
 * differently; the readings together give one confidence, so that no reading is a ticket of its own. What a place says is
 * told whole before the claim is, so that whoever stops at the claim has heard what contradicts it there.
 *
 * With a claim, a line that is like it is looked at as soon as it is met; when that settles the claim, the other lines need
 * not be read. Among many serials only those near the claim get that attention, the others stay below what decides.
 */
export async function* findSightings(looking: Looking): AsyncGenerator<Sighting> {
  const { lines, claim } = looking;
  const done = new Set<Box>();
  if (claim !== null) {
    for (const box of likeliestFirst(lines.boxes)) {
      const line = await lines.at(box);
      if (!line || done.has(box) || !mayHoldSerial(line.plain) || !isNear(line.plain, claim)) {
        continue;
      }
      const here = [box, ...lines.boxes.filter((one) => one !== box && overlaps(box, one))];
      const seen: Sighting[] = [];
      for (const one of here) {
        done.add(one);
        const rival = await lines.at(one);
        if (rival && mayHoldSerial(rival.plain)) seen.push(...(await sightingsAt(looking, rival)));
      }
      yield* seen.toSorted((a, b) => Number(a.short === claim) - Number(b.short === claim));
    }
  }
  const worthy = (await lines.all()).filter(({ plain }) => mayHoldSerial(plain));
  const few = claim === null || worthy.length <= OCR.fewSerials;
  for (const line of worthy) {
    if (!done.has(line.box)) yield* await sightingsAt(looking, line, few);
  }
}

/** By their shape: labels have it alone or behind its mark, pages with many lines spell it in full. */
function likeliestFirst(boxes: readonly Box[]): Box[] {
  const shape = boxes.length > OCR.pageLines ? OCR.fullShape : OCR.serialShape;
  const unlike = ({ width, height }: Box) => Math.abs(Math.log(width / height / shape));
  return boxes.toSorted((a, b) => unlike(a) - unlike(b));
}

/** @param closely whether the line is worth several readings */
async function sightingsAt(looking: Looking, line: TextLine, closely = true): Promise<Sighting[]> {
  const { lines, spent, once = false } = looking;
  const again = closely && !spent() && !isOther(line.plain);
  const readings = again && !once ? [line, ...(await readAgain(looking, serialOf(line)))] : [line];
  const each = readings.map((one) => ({ ...one, hits: serialsIn(one.plain) }));
  const [first] = each;
  const found: Sighting[] = [];
  for (const short of new Set(each.flatMap(({ hits }) => hits.map((hit) => hit.short)))) {
    const seen = each.map(({ letters, hits }) => lettersOf(letters, hits, short));
    const best = each.find(({ hits }) => hits.some((hit) => hit.short === short));
    const hit = best?.hits.find((one) => one.short === short);
    if (!best || !hit) continue;
    const whole = again ? confidenceOf(seen) : Math.min(OCR.readOnce, confidenceOf(seen));
    const decides = best === first && whole > OCR.readOnce && !once;
    const parts = decides ? await inParts(looking, line, hit) : 1;
    const ends = [best.letters[hit.from]?.at ?? 0, best.letters[hit.to - 1]?.at ?? 1] as const;
    const margin = (ends[1] - ends[0]) / 16;
    found.push({
      short,
      ...(hit.full === undefined ? {} : { full: hit.full }),
      ...(hit.model === undefined ? {} : { model: hit.model }),
      confidence: parts < OCR.partsSure ? Math.min(whole, parts) : whole,
      anchored:
        each.some(({ hits }) => hits.some((one) => one.short === short && one.anchored)) ||
        (best.box === line.box && (await isMarked(lines, best, hit))),
      box: partOf(best.box, Math.max(0, ends[0] - margin), Math.min(1, ends[1] + margin)),
    });
  }
  return found;
}

/**
 * The part of a line that is its serial, from gap to gap; the whole line when there is not just one, when it is a full
 * one, or when a mark runs into it. What stands around it, the first reading told.
 */
function serialOf({ letters, plain, box }: TextLine): Box {
  const [hit, ...more] = serialsIn(plain);
  if (!hit || hit.full !== undefined || more.length > 0) return box;
  if (/[A-Z0-9]$/.test(plain.slice(0, hit.from))) return box;
  return partOf(box, letters[hit.from - 1]?.at ?? 0, letters[hit.to]?.at ?? 1);
}

async function readAgain({ models, grey }: Looking, box: Box): Promise<TextLine[]> {
  const readings: TextLine[] = [];
  for (const cut of CUTS) {
    const moved = {
      ...box,
      x: box.x - Math.sin(box.angle) * cut.shift * box.height,
      y: box.y + Math.cos(box.angle) * cut.shift * box.height,
      width: box.width + (cut.grow - 1) * box.height,
      height: box.height * cut.grow,
    };
    const strip = cutOut(grey, moved, OCR.widestStrip);
    const letters = await readStrip(models, cut.spread ? normalised(strip, 0.02) : strip);
    readings.push({ letters, plain: plainOf(letters), box });
  }
  return readings;
}

/**
 * How surely a serial is read in parts. The network expects digits among digits: in small blurred print it sees a 3 in the
 * J before eight of them, and is sure of it in each reading of the whole. With few neighbours it is not.
 */
async function inParts({ models, grey }: Looking, line: TextLine, hit: Hit): Promise<number> {
  const at = line.letters.slice(hit.from, hit.to).map((letter) => letter.at);
  const [left = 0, right = 1] = [at[0], at.at(-1)];
  const margin = (0.6 * (right - left)) / (at.length - 1);
  const sums = at.map(() => ({ sure: 0, readings: 0 }));
  for (const [from, to] of partsOf(hit.short)) {
    const box = partOf(
      line.box,
      Math.max(0, (at[from] ?? 0) - margin),
      Math.min(1, (at[to] ?? 1) + margin),
    );
    const strip = cutOut(grey, box, OCR.widestStrip);
    for (const one of [strip, normalised(strip, 0.02)]) {
      const letters = await readStrip(models, one);
      // What was cut through at the edges may be read as something.
      const begin = plainOf(letters).indexOf(hit.short.slice(from, to + 1));
      for (let place = from; place <= to; place++) {
        const sum = sums[place];
        if (!sum) continue;
        sum.readings += 1;
        if (begin >= 0) sum.sure += letters[begin + place - from]?.sure ?? 0;
      }
    }
  }
  return Math.min(...sums.map(({ sure, readings }) => (readings === 0 ? 1 : sure / readings)));
}

/**
 * How surely a serial was read: the weakest character's mean over all readings of its line, where a reading that says
 * something else counts as zero.
 */
export function confidenceOf(readings: readonly (readonly Letter[] | null)[]): number {
  let weakest = 1;
  const length = readings.find((one) => one !== null)?.length ?? 0;
  for (let place = 0; place < length; place++) {
    const sum = readings.reduce((total, one) => total + (one?.[place]?.sure ?? 0), 0);
    weakest = Math.min(weakest, sum / readings.length);
  }
  return length === 0 ? 0 : Math.min(1, weakest);
}

/** Whether a mark stands to the left of a lonely serial, or heads its column with nothing but values between. */
async function isMarked(lines: Lines, { plain, box }: TextLine, hit: Hit): Promise<boolean> {
  if (!standsAlone(plain, hit)) return false;
  const left = await lines.first(leftOf(box, lines.boxes));
  if (left && isMark(left.plain)) return true;
  const isHead = (one: TextLine) => serialsIn(one.plain).length === 0;
  const head = await lines.first(above(box, lines.boxes), isHead);
  return head !== null && isMark(head.plain) && !(left && /[:.]\s*$/.test(left.plain));
}
