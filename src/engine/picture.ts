import type { Untaken } from '../dialogue/event.ts';
import type { PhotoReader, RefusedPicture } from '../evidence/contract.ts';

/** A picture fit to be kept. */
export type TidyPicture = { bytes: Uint8Array; mime: string };

/**
 * Makes a picture fit to be kept, or says why it cannot be taken. `failed`: the reader is down, and
 * an original is never kept, for it may tell where it was taken.
 */
export async function tidyPicture(
  photos: Pick<PhotoReader, 'tidy'>,
  bytes: Uint8Array,
): Promise<TidyPicture | { untaken: Untaken } | { failed: true }> {
  const tidied = await photos.tidy(bytes).catch(() => ({ failed: true as const }));
  if (!('refused' in tidied)) return tidied;
  return { untaken: untakenFor(tidied.refused) };
}

/** What the person is told of a picture that was refused. */
export function untakenFor(refused: RefusedPicture): Untaken {
  return refused === 'tooLarge' || refused === 'tooManyPixels' ? 'photoTooLarge' : refused;
}
