import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cleanName } from '../engine/file-content.ts';
import { parse } from '../server/parse.ts';
import { sendFile } from '../server/send-file.ts';
import { conversationOf } from './conversations-routes.ts';
import { DeskError, refuseField } from './errors.ts';
import { FILE_KINDS, MOST_FILE_BYTES, mimeOfFile } from './file-kinds.ts';
import type { DeskOptions } from './options.ts';

const MOST_NAME = 120;

const BlobSchema = z.object({ blobId: z.string().regex(/^[\w.:-]{1,200}$/) });
/** Encoded as in a URL; in a header, since addresses are remembered in more places. */
const NameSchema = z.object({ 'x-file-name': z.string().max(2000) });

function nameIn(request: FastifyRequest): string {
  const { 'x-file-name': encoded } = parse(NameSchema, request.headers, refuseField);
  try {
    const name = cleanName(decodeURIComponent(encoded)).normalize('NFC').trim();
    return name.slice(-MOST_NAME).replace(/^[\uDC00-\uDFFF]/, '');
  } catch {
    throw new DeskError('badField', { field: 'x-file-name' });
  }
}

/**
 * The file in a request, kept sealed.
 * @throws DeskError what of it cannot be sent to this conversation, and why
 */
export async function keepFile(
  request: FastifyRequest,
  { store, carries }: DeskOptions,
  channel: Parameters<DeskOptions['carries']>[0],
): Promise<{ blobId: string; name: string; size: number }> {
  const name = nameIn(request);
  const { body } = request;
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  const mime = mimeOfFile(name, bytes);
  if (mime === null) throw new DeskError('fileKind', { kinds: FILE_KINDS.join(', ') });
  const size = bytes.length;
  if (!carries(channel, { mime, size })) throw new DeskError('filesNotThere');
  return { blobId: await store.putBlob(bytes, mime), name, size };
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
