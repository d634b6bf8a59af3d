import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import { DeskError } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import { previewOf } from './preview.ts';
import type { MakingSchema } from './wire/photos.ts';

const id = z.string().regex(/^[\w.:-]{1,200}$/);
const ParamsSchema = z.object({ conversationId: id, blobId: id });

/**
 * The photo's address, once it is known to belong to the conversation.
 * @throws DeskError `noPhoto`: of another conversation, and none at all, look the same
 */
async function addressOf(request: FastifyRequest, { store }: DeskOptions) {
  const params = parse(ParamsSchema, request.params, () => new DeskError('noPhoto'));
  const belongs = await store.blobBelongsTo(params.blobId, params.conversationId);
  if (!belongs) throw new DeskError('noPhoto');
  return params;
}

/** Not even the browser keeps it: a label shows the device's verification code. */
function send(reply: FastifyReply, bytes: Uint8Array, mime: string): FastifyReply {
  return reply
    .type(mime)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/**
 * A conversation's photos: with their secrets covered, small and in full, and originals, whose
 * opening is audited. A masked copy that is not there yet is answered with 202: it is being made.
 */
export function photosRoutes(
  scope: FastifyInstance,
  options: DeskOptions,
  now: () => number,
): void {
  const at = '/api/desk/conversations/:conversationId/photos/:blobId';

  async function sendMasked(
    request: FastifyRequest,
    reply: FastifyReply,
    shape: (masked: { bytes: Uint8Array; mime: string }) => Promise<Uint8Array | null>,
  ): Promise<FastifyReply> {
    const { blobId } = await addressOf(request, options);
    const masked = await options.masker.masked(blobId);
    if (masked.as === 'failed') throw new DeskError('notMasked', {}, { retryAfter: 60 });
    if (masked.as === 'making') {
      const state: z.infer<typeof MakingSchema> = { state: 'making' };
      return reply.code(202).header('retry-after', '1').send(state);
    }
    const bytes = await shape(masked);
    if (bytes === null) throw new DeskError('noPhoto');
    return send(reply, bytes, bytes === masked.bytes ? masked.mime : 'image/jpeg');
  }

  scope.get(at, (request, reply) =>
    sendMasked(request, reply, (masked) => previewOf(masked.bytes)),
  );

  scope.get(`${at}/masked`, (request, reply) =>
    sendMasked(request, reply, async (masked) => masked.bytes),
  );

  scope.get(`${at}/original`, async (request, reply) => {
    const { conversationId, blobId } = await addressOf(request, options);
    const blob = await options.store.getBlob(blobId);
    if (blob === null) throw new DeskError('noPhoto');
    await options.store.audit({
      at: now(),
      actor: sessionOf(request).agent.agentId,
      action: 'photo.openOriginal',
      subject: conversationId,
      detail: blobId,
    });
    return send(reply, blob.bytes, blob.mime);
  });
}
