import { z } from 'zod';
import {
  FaultSchema,
  PlaceSchema,
  type Reading,
  RefusedPictureSchema,
  type SeenSerial,
  SeenSerialSchema,
  TroubleSchema,
} from './reading.ts';
import { differingPlaces } from './serial.ts';

/** Below this an OCR text is a guess, not a sight. */
const SURE = 0.85;

/**
 * The same for nine digits: a reader of print expects a digit among digits, and takes a blurred J for a 3, or an L for a 1,
 * at up to 0.91 in what docs/evidence.md tried. A letter it sees against its expectation.
 */
const SURE_OF_DIGITS = 0.95;

/** Text read at least so surely contradicts a near reading of the same place. */
const RIVAL = 0.3;

/** Serials that differ in so many places may be one serial misread. */
const NEAR = 2;

/** What a verdict rests on: how surely, by which way of reading, and where in the picture. */
const SightSchema = {
  confidence: z.number().min(0).max(1).optional(),
  by: SeenSerialSchema.shape.by.optional(),
  place: PlaceSchema.optional(),
};

/** What one picture, or a set of them, says about the serial that somebody claims. */
export const VerdictSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shown'), short: z.string(), ...SightSchema }),
  /** Another serial, and that one for certain. */
  z.object({ kind: z.literal('another'), short: z.string(), ...SightSchema }),
  /** Something was seen that neither proves nor disproves the claim: short serials, each once. */
  z.object({
    kind: z.literal('doubtful'),
    seen: z.array(z.string()),
    /** Almost the claim, read from print; readings that contradict each other; or simply not sure. */
    why: z.enum(['near', 'conflict', 'unsure']).optional(),
    ...SightSchema,
  }),
  z.object({
    kind: z.literal('unreadable'),
    why: z.union([TroubleSchema, RefusedPictureSchema]),
    fault: FaultSchema.optional(),
  }),
  /** The reader was down or too slow; the picture itself may be fine. */
  z.object({ kind: z.literal('notRead') }),
]);
export type Verdict = z.infer<typeof VerdictSchema>;

/** Whether a sighting decides: a code field, or text beside an S/N mark that was read surely enough. */
export function isSure(seen: SeenSerial): boolean {
  return seen.anchored && (seen.by !== 'ocr' || seen.confidence >= gateOf(seen.short));
}

function gateOf(short: string): number {
  return /^\d+$/.test(short) ? SURE_OF_DIGITS : SURE;
}

function shortsOf(serials: readonly SeenSerial[]): string[] {
  return [...new Set(serials.map((seen) => seen.short))];
}

/** Whether two different serials may be one, misread. */
function isNearMiss(a: string, b: string): boolean {
  return a !== b && differingPlaces(a, b).length <= NEAR;
}

/**
 * Whether a reading of print is contradicted: by a code that says almost the same, or by another reading of the same
 * place.
 */
function hasRival(seen: SeenSerial, serials: readonly SeenSerial[]): boolean {
  if (seen.by !== 'ocr') return false;
  return serials.some(
    (other) =>
      isNearMiss(seen.short, other.short) &&
      (other.by === 'ocr' ? other.confidence >= RIVAL && overlap(seen, other) : isSure(other)),
  );
}

function overlap({ place: a }: SeenSerial, { place: b }: SeenSerial): boolean {
  if (!a || !b) return true;
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function sightOf(seen: SeenSerial | undefined) {
  if (!seen) return {};
  const { confidence, by, place } = seen;
  return { confidence, by, ...(place ? { place } : {}) };
}

/** The sighting that speaks loudest: a code before text, the surer before the less sure. */
function best(serials: readonly SeenSerial[]): SeenSerial | undefined {
  return serials.toSorted(
    (a, b) => Number(isSure(b)) - Number(isSure(a)) || b.confidence - a.confidence,
  )[0];
}

/**
 * What a picture says about the claimed serial. Only an anchored sighting decides: a code field, or
 * OCR text that is sure, beside an S/N mark, and that nothing contradicts. Digits anywhere else may be a material number.
 * Text that is almost the claim is neither a proof nor another device: somebody has to look.
 *
 * @param claim the short serial that the picture should show
 */
export function judge(reading: Reading, claim: string): Verdict {
  if (reading.outcome === 'failed') return { kind: 'notRead' };
  if (reading.outcome === 'refused') return { kind: 'unreadable', why: reading.why };
  const { serials, fault } = reading;
  const ofClaim = serials.filter((seen) => seen.short === claim);
  const sure = serials.filter(isSure);
  const shown = best(ofClaim.filter((seen) => isSure(seen) && !hasRival(seen, serials)));
  if (shown) return { kind: 'shown', short: claim, ...sightOf(shown) };
  if (serials.length === 0 || reading.trouble) {
    const why = reading.trouble ?? 'noCode';
    return { kind: 'unreadable', why, ...(fault ? { fault } : {}) };
  }
  const others = shortsOf(sure);
  const other = best(sure);
  const misread = other?.by === 'ocr' && isNearMiss(other.short, claim);
  if (other && others.length === 1 && ofClaim.length === 0 && !misread) {
    return { kind: 'another', short: other.short, ...sightOf(other) };
  }
  const near = serials.filter((seen) => isNearMiss(seen.short, claim));
  const why =
    sure.length > 0 && ofClaim.length > 0 ? 'conflict' : near.length > 0 ? 'near' : 'unsure';
  const nearest = best(ofClaim) ?? best(near) ?? best(serials);
  return { kind: 'doubtful', seen: shortsOf(serials), why, ...sightOf(nearest) };
}

const BEST_FIRST: readonly Verdict['kind'][] = [
  'shown',
  'doubtful',
  'another',
  'notRead',
  'unreadable',
];

/**
 * What several pictures say together: the best one decides. Two pictures of two other devices
 * contradict each other and are doubtful. No pictures at all are not read.
 */
export function judgeSet(verdicts: readonly Verdict[]): Verdict {
  for (const kind of BEST_FIRST) {
    const found = verdicts.filter((verdict) => verdict.kind === kind);
    const [first] = found;
    if (!first) continue;
    if (first.kind !== 'another' && first.kind !== 'doubtful') return first;
    const seen = found.flatMap((verdict) =>
      verdict.kind === 'another'
        ? [verdict.short]
        : verdict.kind === 'doubtful'
          ? verdict.seen
          : [],
    );
    const each = [...new Set(seen)];
    return first.kind === 'another' && each.length === 1 ? first : { kind: 'doubtful', seen: each };
  }
  return { kind: 'notRead' };
}
