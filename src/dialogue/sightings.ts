import type { Serial } from '../domain/serial.ts';
import { judge, judgeSet, type Verdict } from '../domain/verdict.ts';
import type { Photo } from './conversation.ts';

const SURE = 0.85;

/** What these photos say together about a serial. One that is not read yet counts as not read. */
export function verdictOn(photos: readonly Photo[], claim: string): Verdict {
  return judgeSet(photos.map(({ reading }) => judge(reading ?? { outcome: 'failed' }, claim)));
}

/**
 * Serials that the photos show, each once: those seen for certain, else whatever was glimpsed.
 *
 * @param certainOnly leaves out what was only glimpsed
 */
export function serialsIn(photos: readonly Photo[], certainOnly = false): Serial[] {
  const certain = new Map<string, Serial>();
  const glimpsed = new Map<string, Serial>();
  for (const { reading } of photos) {
    if (reading?.outcome !== 'read') continue;
    for (const { short, full, model, anchored, confidence } of reading.serials) {
      const into = anchored && confidence >= SURE ? certain : glimpsed;
      if (into.has(short)) continue;
      into.set(short, { short, ...(full ? { full } : {}), ...(model ? { model } : {}) });
    }
  }
  return [...(certain.size > 0 || certainOnly ? certain : glimpsed).values()];
}
