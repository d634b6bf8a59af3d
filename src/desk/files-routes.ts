import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import { sendFile } from '../server/send-file.ts';
import { conversationOf } from './conversations-routes.ts';
import { DeskError, refuseField } from './errors.ts';
import { fileName, MOST_FILE_BYTES } from './file-kinds.ts';
import type { DeskOptions } from './options.ts';

const BlobSchema = z.object({ blobId: z.string().regex(/^[\w.:-]{1,200}$/) });
/** Encoded as in a URL; in a header, since addresses are remembered in more places. */
const NameSchema = z.object({ 'x-file-name': z.string().max(2000) });

/**
 * The file in a request, by its name there.
 * @throws DeskError its name cannot be read
 */
export function fileIn(request: FastifyRequest): { name: string; bytes: Uint8Array } {
  const { 'x-file-name': encoded } = parse(NameSchema, request.headers, refuseField);
  const { body } = request;
  try {
    const name = fileName(decodeURIComponent(encoded));
    return { name, bytes: body instanceof Uint8Array ? body : new Uint8Array() };
  } catch {
    throw new DeskError('badField', { field: 'x-file-name' });
  }
}

/** Reads the bodies of files as they are, in a scope of its own. */
export function takeFiles(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: MOST_FILE_BYTES },
    (_, body, done) => done(null, body),
  );
}

/** GET …/files/:blobId: a file that an agent sent here. Pictures have routes of their own. */
export function filesRoutes(scope: FastifyInstance, options: DeskOptions): void {
  const { store } = options;
  scope.get('/api/desk/conversations/:conversationId/files/:blobId', async (request, reply) => {
    const { conversationId } = await conversationOf(request, options);
    const { blobId } = parse(BlobSchema, request.params, refuseField);
    const belongs = await store.blobBelongsTo(blobId, conversationId);
    const blob = belongs ? await store.getBlob(blobId) : null;
    if (!blob || blob.mime.startsWith('image/')) throw new DeskError('noFile');
    return sendFile(reply, blob, null);
  });
}
