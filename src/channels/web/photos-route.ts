import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MAX_ALBUM, type Untaken } from '../../dialogue/event.ts';
import { type TidyPicture, tidyPicture } from '../../engine/picture.ts';
import { cutText } from '../cut-text.ts';
import { ChatError } from './errors.ts';
import { chatOf } from './identity.ts';
import { baseOf, keep, keepBlob } from './keep.ts';
import type { Gate } from './limits.ts';
import type { WebChannelOptions } from './options.ts';
import { readUpload, type UploadedFile } from './upload.ts';
import type { KeptAnswer } from './wire.ts';

/** POST /api/chat/photos, and GET /api/chat/photos/:blobId for one's own. */
export function photosRoutes(app: FastifyInstance, options: WebChannelOptions, gate: Gate): void {
  app.post('/api/chat/photos', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    const pictures: TidyPicture[] = [];
    const untaken: Untaken[] = [];
    const upload = await readUpload(request, MAX_ALBUM, async (file) => {
      const picture = await takePicture(options, file);
      if (typeof picture === 'string') untaken.push(picture);
      else pictures.push(picture);
    });
    if (upload.files === 0) untaken.push('emptyAlbum');
    const tooMany = upload.files > MAX_ALBUM;
    const answer = await keepPictures(options, chatId, {
      id: upload.id,
      caption: upload.caption,
      pictures: tooMany ? [] : pictures,
      untaken: tooMany ? 'tooManyPhotos' : untaken[0],
    });
    return reply.code(202).send(answer);
  });

  app.get('/api/chat/photos/:blobId', async (request, reply) => {
    const chatId = chatOf(request);
    const params = z
      .object({ blobId: z.string().regex(/^[\w-]{1,100}$/) })
      .safeParse(request.params);
    if (!params.success) throw new ChatError('notFound', 404);
    const { blobId } = params.data;
    const conversation = await options.store.conversationByChat('web', chatId);
    // Somebody else's photo and one that never was look the same.
    const own =
      conversation !== null &&
      (await options.store.blobBelongsTo(blobId, conversation.conversationId));
    const blob = own ? await options.store.getBlob(blobId) : null;
    if (blob === null) throw new ChatError('notFound', 404);
    return reply
      .type(blob.mime)
      .header('cache-control', 'private, max-age=86400, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(Buffer.from(blob.bytes));
  });
}

/**
 * The picture fit to be kept, or why it cannot be taken.
 * @throws ChatError `readerDown`: an original may tell where it was taken, so it is never kept
 */
export async function takePicture(
  options: Pick<WebChannelOptions, 'photos'>,
  file: UploadedFile,
): Promise<TidyPicture | Untaken> {
  if (file.mime.startsWith('video/')) return 'video';
  if (file.tooLarge) return 'photoTooLarge';
  const picture = await tidyPicture(options.photos, file.bytes);
  if ('failed' in picture) throw new ChatError('readerDown', 503);
  return 'untaken' in picture ? picture.untaken : picture;
}

/**
 * Keeps the pictures and tells the conversation: one event with all of them, and one about what
 * could not be taken. Both are known again by the id when the page repeats itself.
 */
export async function keepPictures(
  options: WebChannelOptions,
  chatId: string,
  sent: { id: string; caption: string; pictures: TidyPicture[]; untaken: Untaken | undefined },
): Promise<KeptAnswer> {
  let known = true;
  if (sent.pictures.length > 0) {
    const blobIds: string[] = [];
    for (const { bytes, mime } of sent.pictures) {
      blobIds.push(await keepBlob(options, bytes, mime));
    }
    const caption = cutText(sent.caption.trim()).text;
    const kept = await keep(options, {
      ...baseOf(options, chatId, sent.id),
      type: 'photos',
      blobIds,
      ...(caption === '' ? {} : { caption }),
    });
    known &&= kept.known;
  }
  if (sent.untaken !== undefined) {
    const base = baseOf(options, chatId, `${sent.id}:untaken`);
    const kept = await keep(options, { ...base, type: 'unsupported', what: sent.untaken });
    known &&= kept.known;
  }
  return { known };
}
