import { InputFile } from 'grammy';
import type { ForumOptions } from './options.ts';
import type { TopicState } from './topic-state.ts';

/** Pictures of one message: each counts as one of Telegram's twenty a minute. */
const MOST = 4;

interface Ready {
  blobId: string;
  file(): InputFile;
}

/**
 * What can be shown of these photos now: only copies with their codes covered ever leave.
 * @param before those that wait since then are given up
 */
export async function albumOf(
  photos: TopicState['photos'],
  { masker, before }: { masker: ForumOptions['masker']; before: number },
): Promise<{ ready: Ready[]; missing: { blobId: string }[]; making: number }> {
  const ready: Ready[] = [];
  const missing: { blobId: string }[] = [];
  let making = 0;
  for (const { blobId, since } of photos.slice(0, MOST)) {
    const masked = since === 0 ? ({ as: 'failed' } as const) : await masker.masked(blobId);
    if (masked.as === 'ready') {
      const name = masked.mime === 'image/png' ? 'photo.png' : 'photo.jpg';
      ready.push({ blobId, file: () => new InputFile(masked.bytes, name) });
    } else if (masked.as === 'failed' || since < before) missing.push({ blobId });
    else making += 1;
  }
  return { ready, missing, making };
}
