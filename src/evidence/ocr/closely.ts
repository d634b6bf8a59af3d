import { type Box, type Grey, normalised } from '../grey.ts';
import { OCR } from '../plan.ts';
import { partOf } from './boxes.ts';
import { plainOf, type TextLine } from './lines.ts';
import type { Models } from './models.ts';
import { type Letter, readStrip } from './recognise.ts';
import { type Hit, serialsIn } from './serials.ts';
import { cutOut } from './strip.ts';

/** What print is read with, and from. */
export interface Page {
  models: Models;
  grey: Grey;
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
 * letter, and is read quite alone: an L that was taken for a 1 at 0.88 comes to 0.49 so (26-49), nearly all true digits stay
 * above 0.97. Where two letters stand, both were read against what the network expects.
 */
function partsOf(short: string): readonly (readonly [number, number])[] {
  if (/^[A-Z]{2}/.test(short)) return [];
  const halves = [
    [0, 4],
    [4, 8],
  ] as const;
  return /^\d/.test(short) ? [...halves, [0, 0]] : halves;
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

/** The same serial read several times more, each cut out a little differently. */
export async function readAgain({ models, grey }: Page, line: TextLine): Promise<TextLine[]> {
  const box = serialOf(line);
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
export async function inParts({ models, grey }: Page, line: TextLine, hit: Hit): Promise<number> {
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
