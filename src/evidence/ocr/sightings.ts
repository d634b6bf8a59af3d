import { type Box, type Grey, normalised } from '../grey.ts';
import { OCR } from '../plan.ts';
import { partOf } from './boxes.ts';
import { above, leftOf } from './layout.ts';
import { plainOf, type TextLine } from './lines.ts';
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
 * Looks for serials among the lines of a picture. A line that may hold one is read several times, cut out a little
 * differently; the readings together give one confidence, so that no reading is a ticket of its own. Among many serials
 * only those near the claim get that attention, the others stay below what decides.
 */
export async function findSightings(
  models: Models,
  grey: Grey,
  lines: readonly TextLine[],
  claim: string | null,
  spent: () => boolean,
  cuts: readonly Cut[] = CUTS,
): Promise<Sighting[]> {
  const told = lines.map((line) => ({ ...line, plain: plainOf(line.letters) }));
  const found: Sighting[] = [];
  const worthy = told.filter(({ plain }) => mayHoldSerial(plain));
  for (const line of worthy) {
    const again =
      !spent() &&
      !isOther(line.plain) &&
      (worthy.length <= OCR.fewSerials || claim === null || isNear(line.plain, claim));
    const readings = again
      ? [line.letters, ...(await readAgain(models, grey, line.box, cuts))]
      : [line.letters];
    const each = readings.map((letters) => {
      const plain = plainOf(letters);
      return { letters, plain, hits: serialsIn(plain) };
    });
    const shorts = new Set(each.flatMap(({ hits }) => hits.map((hit) => hit.short)));
    for (const short of shorts) {
      const seen = each.map(({ letters, hits }) => lettersOf(letters, hits, short));
      const best = each.find(({ hits }) => hits.some((hit) => hit.short === short));
      const hit = best?.hits.find((one) => one.short === short);
      if (!best || !hit) continue;
      const ends = [best.letters[hit.from]?.at ?? 0, best.letters[hit.to - 1]?.at ?? 1] as const;
      const margin = (ends[1] - ends[0]) / 16;
      found.push({
        short,
        ...(hit.full === undefined ? {} : { full: hit.full }),
        ...(hit.model === undefined ? {} : { model: hit.model }),
        confidence: again ? confidenceOf(seen) : Math.min(OCR.readOnce, confidenceOf(seen)),
        anchored:
          each.some(({ hits }) => hits.some((one) => one.short === short && one.anchored)) ||
          isMarked(line, best.plain, hit, told),
        box: partOf(line.box, Math.max(0, ends[0] - margin), Math.min(1, ends[1] + margin)),
      });
    }
  }
  return found;
}

async function readAgain(
  models: Models,
  grey: Grey,
  box: Box,
  cuts: readonly Cut[],
): Promise<(readonly Letter[])[]> {
  const readings: (readonly Letter[])[] = [];
  for (const cut of cuts) {
    const moved = {
      ...box,
      x: box.x - Math.sin(box.angle) * cut.shift * box.height,
      y: box.y + Math.cos(box.angle) * cut.shift * box.height,
      width: box.width + (cut.grow - 1) * box.height,
      height: box.height * cut.grow,
    };
    const strip = cutOut(grey, moved, OCR.widestStrip);
    readings.push(await readStrip(models, cut.spread ? normalised(strip, 0.02) : strip));
  }
  return readings;
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

interface Told extends TextLine {
  plain: string;
}

/** Whether a mark stands to the left of a lonely serial, or heads its column with nothing but values between. */
function isMarked(line: Told, plain: string, hit: Hit, lines: readonly Told[]): boolean {
  if (!standsAlone(plain, hit)) return false;
  const left = leftOf(line, lines);
  if (left && isMark(left.plain)) return true;
  const head = above(line, lines).find((one) => serialsIn(one.plain).length === 0);
  return head !== undefined && isMark(head.plain) && !(left && /[:.]\s*$/.test(left.plain));
}
