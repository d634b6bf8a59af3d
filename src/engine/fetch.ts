import type { Channel, FetchedFile } from '../channels/contract.ts';
import type { AttachedFile, ChannelName, Event, EventOf, Untaken } from '../dialogue/event.ts';
import type { PhotoReader } from '../evidence/contract.ts';
import type { Store } from '../store/contract.ts';
import { cleanName, contentOf, looksLikePicture } from './file-content.ts';
import type { EffectOf, Perform, Performed } from './perform.ts';
import { tidyPicture } from './picture.ts';
import { nextTry } from './retry.ts';

/** Attempts in all; somebody who waits is told after half a minute. */
const MOST_TRIES = 5;

export interface FetchOptions {
  store: Pick<Store, 'putBlob'>;
  channels: ReadonlyMap<ChannelName, Channel>;
  photos: Pick<PhotoReader, 'tidy'>;
  now: () => number;
}

/** What a file turned out to be. */
type Brought =
  | { as: 'photo'; blobId: string }
  | { as: 'file'; name: string; content: EventOf<'file'>['content'] }
  | { as: 'untaken'; what: Untaken };

/** A file that may come later. */
class NotYetError extends Error {
  readonly code = 'notYet';
  /** Not before this, when the platform said so. */
  readonly at: number;

  constructor(why: string, at = 0) {
    super(why);
    this.name = 'NotYetError';
    this.at = at;
  }
}

/**
 * Brings what a platform only told of. Pictures are kept as the photo reader leaves them, files are
 * told apart by their bytes. Safe to repeat: blobs that no turn names are swept, and the result is
 * one event however often it is made.
 */
export function createFetch(options: FetchOptions): Perform<'fetch'> {
  return async (due) => {
    try {
      const brought: Brought[] = [];
      // One after the other, so that no two originals of a set are in memory at a time.
      for (const file of due.effect.files) brought.push(await bring(options, due, file));
      return resultOf(due, brought, options.now());
    } catch (error) {
      if (!(error instanceof NotYetError)) throw error;
      return giveUpOrRetry(due, error, options.now());
    }
  };
}

function giveUpOrRetry(due: EffectOf<'fetch'>, error: NotYetError, now: number): Performed {
  if (due.attempts + 1 >= MOST_TRIES) {
    return resultOf(due, [{ as: 'untaken', what: 'notArrived' }], now);
  }
  const { effectId } = due;
  const at = Math.max(error.at, nextTry(now, due.attempts));
  return { settlement: { effectId, as: 'retry', at, why: error.message } };
}

async function bring(
  { channels, photos, store }: FetchOptions,
  due: EffectOf<'fetch'>,
  file: AttachedFile,
): Promise<Brought> {
  const fetched = await fetchFrom(channels.get(due.channel), file.ref);
  const name = cleanName(file.name ?? '');
  switch (fetched.as) {
    case 'transient':
      throw new NotYetError(fetched.why, fetched.at);
    case 'gone':
      return { as: 'untaken', what: 'notArrived' };
    case 'tooLarge':
      return file.kind === 'photo'
        ? { as: 'untaken', what: 'photoTooLarge' }
        : { as: 'file', name, content: { kind: 'tooLarge' } };
    case 'bytes': {
      const { bytes } = fetched;
      if (file.kind === 'file' && !looksLikePicture(bytes)) {
        return { as: 'file', name, content: contentOf(bytes) };
      }
      const picture = await tidyPicture(photos, bytes);
      if ('failed' in picture) throw new NotYetError('the photo reader is down');
      if ('untaken' in picture) return { as: 'untaken', what: picture.untaken };
      return { as: 'photo', blobId: await store.putBlob(picture.bytes, picture.mime) };
    }
  }
}

async function fetchFrom(channel: Channel | undefined, ref: string): Promise<FetchedFile> {
  if (!channel) return { as: 'transient', why: 'its channel is not connected' };
  if (!channel.fetchFile) return { as: 'gone', why: 'its channel has no files' };
  return channel.fetchFile(ref);
}

/** The one event that the files make: photos of a set together, with the reason for missing ones. */
function resultOf(due: EffectOf<'fetch'>, brought: readonly Brought[], now: number): Performed {
  const { effectId, channel, chatId, effect } = due;
  const base = { eventId: `fetch:${effectId}`, at: now, channel, chatId };
  const blobIds = brought.flatMap((one) => (one.as === 'photo' ? [one.blobId] : []));
  const untaken = brought.find((one) => one.as === 'untaken')?.what;
  const file = brought.find((one) => one.as === 'file');
  let result: Event;
  if (blobIds.length > 0) {
    result = {
      ...base,
      type: 'photos',
      blobIds,
      ...(effect.caption ? { caption: effect.caption } : {}),
      ...(untaken ? { untaken } : {}),
    };
  } else if (file) result = { ...base, type: 'file', name: file.name, content: file.content };
  else result = { ...base, type: 'unsupported', what: untaken ?? 'notArrived' };
  return { result };
}
