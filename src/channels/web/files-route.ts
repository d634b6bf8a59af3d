import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { cleanName, contentOf, looksLikePicture } from '../../engine/file-content.ts';
import { sendFile } from '../../server/send-file.ts';
import { ChatError } from './errors.ts';
import { chatOf } from './identity.ts';
import { baseOf, keep } from './keep.ts';
import type { Gate } from './limits.ts';
import type { WebChannelOptions } from './options.ts';
import { keepPictures, takePicture } from './photos-route.ts';
import { readUpload, type UploadedFile } from './upload.ts';
import type { KeptAnswer } from './wire.ts';

const BlobSchema = z.object({ blobId: z.string().regex(/^[\w-]{1,100}$/) });

/**
 * POST /api/chat/files: one exported file. A picture sent as a file goes the way of photos.
 * GET /api/chat/files/:blobId: a file that an agent sent into this chat.
 */
export function filesRoute(app: FastifyInstance, options: WebChannelOptions, gate: Gate): void {
  app.post('/api/chat/files', async (request, reply) => {
    const chatId = chatOf(request);
    await gate(request);
    let file: UploadedFile | undefined;
    const upload = await readUpload(request, 1, async (first) => {
      file = first;
    });
    if (file === undefined) throw new ChatError('noFile', 400);
    if (upload.files > 1) throw new ChatError('oneFile', 400);
    const answer = await takeFile(options, chatId, upload.id, upload.caption, file);
    return reply.code(202).send(answer);
  });

  app.get('/api/chat/files/:blobId', async (request, reply) => {
    const chatId = chatOf(request);
    const params = BlobSchema.safeParse(request.params);
    const conversation = await options.store.conversationByChat('web', chatId);
    if (!params.success || !conversation) throw new ChatError('notFound', 404);
    const { blobId } = params.data;
    const own = await options.store.blobBelongsTo(blobId, conversation.conversationId);
    const blob = own ? await options.store.getBlob(blobId) : null;
    if (!blob || blob.mime.startsWith('image/')) throw new ChatError('notFound', 404);
    return sendFile(reply, blob, null);
  });
}

async function takeFile(
  options: WebChannelOptions,
  chatId: string,
  id: string,
  caption: string,
  file: UploadedFile,
): Promise<KeptAnswer> {
  const base = baseOf(options, chatId, id);
  if (/^(audio|video)\//.test(file.mime)) {
    const what = file.mime.startsWith('audio/') ? 'voice' : 'video';
    return keep(options, { ...base, type: 'unsupported', what });
  }
  if (looksLikePicture(file.bytes) || (file.tooLarge && file.mime.startsWith('image/'))) {
    const picture = await takePicture(options, file);
    const untaken = typeof picture === 'string' ? picture : undefined;
    const pictures = typeof picture === 'string' ? [] : [picture];
    return keepPictures(options, chatId, { id, caption, pictures, untaken });
  }
  const content = file.tooLarge ? ({ kind: 'tooLarge' } as const) : contentOf(file.bytes);
  return keep(options, { ...base, type: 'file', name: cleanName(file.name), content });
}
