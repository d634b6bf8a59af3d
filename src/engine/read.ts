import type { PhotoReader } from '../evidence/contract.ts';
import type { Store } from '../store/contract.ts';
import type { Perform } from './perform.ts';

export interface ReadOptions {
  store: Pick<Store, 'getBlob'>;
  reader: Pick<PhotoReader, 'read'>;
  now: () => number;
}

/** Has a photo read. A photo that is gone, and a reader that is down, are readings too: "not read". */
export function createRead({ store, reader, now }: ReadOptions): Perform<'read'> {
  return async ({ effectId, effect, conversationId, channel, chatId }) => {
    const blob = await store.getBlob(effect.blobId);
    const { reading, sadpString } = blob
      ? await reader.read(blob.bytes, effect.claim, conversationId)
      : { reading: { outcome: 'failed' as const } };
    return {
      result: {
        eventId: `read:${effectId}`,
        at: now(),
        channel,
        chatId,
        type: 'photoRead',
        readId: effect.readId,
        photoId: effect.photoId,
        reading,
        ...(sadpString === undefined ? {} : { sadpString }),
      },
    };
  };
}
