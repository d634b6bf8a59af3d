import type { Box } from '../grey.ts';
import { OCR } from '../plan.ts';
import { partOf } from './boxes.ts';
import { confidenceOf, inParts, type Page, readAgain } from './closely.ts';
import { above, leftOf, overlaps } from './layout.ts';
import type { Lines, TextLine } from './lines.ts';
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

/** Where and how serials are looked for among the lines of a picture. */
export interface Looking extends Page {
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
  const readings = again && !once ? [line, ...(await readAgain(looking, line))] : [line];
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

/** Whether a mark stands to the left of a lonely serial, or heads its column with nothing but values between. */
async function isMarked(lines: Lines, { plain, box }: TextLine, hit: Hit): Promise<boolean> {
  if (!standsAlone(plain, hit)) return false;
  const left = await lines.first(leftOf(box, lines.boxes));
  if (left && isMark(left.plain)) return true;
  const isHead = (one: TextLine) => serialsIn(one.plain).length === 0;
  const head = await lines.first(above(box, lines.boxes), isHead);
  return head !== null && isMark(head.plain) && !(left && /[:.]\s*$/.test(left.plain));
}
