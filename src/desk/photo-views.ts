import type { CasePhoto } from '../dialogue/effect.ts';
import type { Reading } from '../domain/reading.ts';
import { differingPlaces } from '../domain/serial.ts';
import { TROUBLE } from '../evidence/plan.ts';
import type { CaseRow, SimilarCase } from '../store/contract.ts';
import type { SimilarCaseView } from './wire/cases.ts';
import type { CasePhotoView, PhotoQuality, SeenSerial } from './wire/photos.ts';

/** Below this variance of the Laplacian small print is hard to read, also for people. */
const SOFT = 60;

type Looked = Extract<Reading, { outcome: 'read' }>;

/** What was measured, with a word for what each figure means. */
function qualityView({ quality, fault }: Looked): PhotoQuality {
  const { width, height, sharpness, brightness, contrast, glare = null } = quality;
  const flat = contrast < TROUBLE.flatContrast;
  return {
    width,
    height,
    sharpness,
    focus: sharpness < TROUBLE.blurredSharpness ? 'blurred' : sharpness < SOFT ? 'soft' : 'sharp',
    brightness: Math.round((brightness / 255) * 100),
    light:
      flat && brightness < TROUBLE.darkMean
        ? 'dark'
        : flat && brightness > TROUBLE.brightMean
          ? 'bright'
          : 'good',
    glare: glare === null ? null : Math.round(glare * 1000) / 10,
    // White print burns out too: only where it spoilt the reading is it a fault.
    glares: fault === 'glare',
  };
}

function seenSerials(photo: CasePhoto, claimed: string): SeenSerial[] {
  if (photo.reading?.outcome !== 'read') return [];
  return photo.reading.serials.map((seen) => ({
    short: seen.short,
    full: seen.full ?? null,
    by: seen.by,
    confidence: seen.confidence,
    differs: [...differingPlaces(claimed, seen.short)],
    place: seen.place ?? null,
  }));
}

/** Why a photo decides nothing: of an unreadable one what spoils it, of a doubtful one the doubt. */
function whyOf({ verdict }: CasePhoto): string | null {
  if (verdict.kind === 'unreadable') return verdict.fault ?? verdict.why;
  return verdict.kind === 'doubtful' ? (verdict.why ?? 'unsure') : null;
}

export function casePhotoView(photo: CasePhoto, claimed: string): CasePhotoView {
  const { blobId, verdict, reading } = photo;
  const read = reading?.outcome === 'read' ? reading : null;
  const sight = 'confidence' in verdict ? verdict : null;
  return {
    blobId,
    verdict: verdict.kind,
    why: whyOf(photo),
    confidence: sight?.confidence ?? null,
    by: sight?.by ?? null,
    place: sight?.place ?? null,
    deviceList: read?.sadpList ?? false,
    quality: read && qualityView(read),
    seen: seenSerials(photo, claimed),
  };
}

/** Another case that has the serial or a picture of this one in common, and what became of it. */
export function similarCaseView(similar: SimilarCase, of: CaseRow): SimilarCaseView {
  const { row, sameSerial, pictures } = similar;
  const blobIds = of.draft.photos.map(({ blobId }) => blobId);
  return {
    caseId: row.caseId,
    number: row.number,
    serial: row.serial,
    status: row.status,
    reason: row.reason,
    decidedBy: row.decidedBy,
    submittedAt: row.submittedAt,
    sameSerial,
    sameAccount: row.accountId === of.accountId,
    photos: [...new Set(pictures.map(({ blobId }) => blobIds.indexOf(blobId)))]
      .filter((index) => index >= 0)
      .sort((a, b) => a - b),
  };
}
