import { z } from 'zod';
import { type Reading, RefusedPictureSchema, type SeenSerial, TroubleSchema } from './reading.ts';

/** Below this an OCR text is a guess, not a sight. */
const SURE = 0.85;

/** What one picture, or a set of them, says about the serial that somebody claims. */
export const VerdictSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shown'), short: z.string() }),
  /** Another serial, and that one for certain. */
  z.object({ kind: z.literal('another'), short: z.string() }),
  /** Something was seen that neither proves nor disproves the claim: short serials, each once. */
  z.object({ kind: z.literal('doubtful'), seen: z.array(z.string()) }),
  z.object({
    kind: z.literal('unreadable'),
    why: z.union([TroubleSchema, RefusedPictureSchema]),
  }),
  /** The reader was down or too slow; the picture itself may be fine. */
  z.object({ kind: z.literal('notRead') }),
]);
export type Verdict = z.infer<typeof VerdictSchema>;

function isSure(seen: SeenSerial): boolean {
  return seen.anchored && (seen.by !== 'ocr' || seen.confidence >= SURE);
}

function shortsOf(serials: readonly SeenSerial[]): string[] {
  return [...new Set(serials.map((seen) => seen.short))];
}

/**
 * What a picture says about the claimed serial. Only an anchored sighting decides: a code field, or
 * OCR text of at least 0.85 beside an S/N mark. Digits anywhere else may be a material number.
 *
 * @param claim the short serial that the picture should show
 */
export function judge(reading: Reading, claim: string): Verdict {
  if (reading.outcome === 'failed') return { kind: 'notRead' };
  if (reading.outcome === 'refused') return { kind: 'unreadable', why: reading.why };
  const { serials } = reading;
  const sure = serials.filter(isSure);
  if (sure.some((seen) => seen.short === claim)) return { kind: 'shown', short: claim };
  if (serials.length === 0) return { kind: 'unreadable', why: reading.trouble ?? 'noCode' };
  const others = shortsOf(sure);
  const [other] = others;
  const claimGlimpsed = serials.some((seen) => seen.short === claim);
  if (other !== undefined && others.length === 1 && !claimGlimpsed) {
    return { kind: 'another', short: other };
  }
  return { kind: 'doubtful', seen: shortsOf(serials) };
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
