import type { Reading } from '../domain/reading.ts';
import type { Serial } from '../domain/serial.ts';
import { isSure, judge, judgeSet, type Verdict } from '../domain/verdict.ts';
import type { Photo } from './conversation.ts';

/** Whether it shows a list of devices, as SADP's window does. */
export function isDeviceList({ reading }: Pick<Photo, 'reading'>): boolean {
  return reading?.outcome === 'read' && reading.sadpList === true;
}

/**
 * What one photo says about a serial; one that is not read yet counts as not read. Of a list of
 * devices only the claimed one counts: the others are its neighbours, not another device.
 */
export function judgePhoto(photo: Pick<Photo, 'reading'>, claim: string): Verdict {
  const reading: Reading = photo.reading ?? { outcome: 'failed' };
  const verdict = judge(reading, claim);
  if (!isDeviceList(photo) || verdict.kind === 'shown' || reading.outcome !== 'read') {
    return verdict;
  }
  const listed = reading.serials.some(({ short }) => short === claim);
  return listed
    ? { kind: 'doubtful', seen: [claim], why: 'unsure' }
    : { kind: 'unreadable', why: 'noCode' };
}

/** What these photos say together about a serial. */
export function verdictOn(photos: readonly Photo[], claim: string): Verdict {
  const each = photos.map((photo) => judgePhoto(photo, claim));
  const together = judgeSet(each);
  return together.kind === 'doubtful' ? { ...together, why: doubtOf(each) } : together;
}

/** The gravest reason of a doubt. Photos of several other devices contradict each other. */
function doubtOf(verdicts: readonly Verdict[]): 'conflict' | 'near' | 'unsure' {
  const whys = verdicts.map((one) => (one.kind === 'doubtful' ? one.why : undefined));
  const others = new Set(verdicts.flatMap((one) => (one.kind === 'another' ? [one.short] : [])));
  if (whys.includes('conflict') || others.size > 1) return 'conflict';
  return whys.includes('near') ? 'near' : 'unsure';
}

/**
 * Serials that the photos show, each once: those seen for certain and those of a list of devices,
 * else whatever was glimpsed.
 *
 * @param certainOnly leaves out what was only glimpsed
 */
export function serialsIn(photos: readonly Photo[], certainOnly = false): Serial[] {
  const certain = new Map<string, Serial>();
  const glimpsed = new Map<string, Serial>();
  for (const photo of photos) {
    if (photo.reading?.outcome !== 'read') continue;
    for (const seen of photo.reading.serials) {
      const { short, full, model } = seen;
      const into = isDeviceList(photo) || isSure(seen) ? certain : glimpsed;
      if (into.has(short)) continue;
      into.set(short, { short, ...(full ? { full } : {}), ...(model ? { model } : {}) });
    }
  }
  return [...(certain.size > 0 || certainOnly ? certain : glimpsed).values()];
}
