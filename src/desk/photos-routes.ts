import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../server/parse.ts';
import { DeskError } from './errors.ts';
import { sessionOf } from './guard.ts';
import type { DeskOptions } from './options.ts';
import { previewOf } from './preview.ts';

const id = z.string().regex(/^[\w.:-]{1,200}$/);
const ParamsSchema = z.object({ conversationId: id, blobId: id });

async function photoOf(request: FastifyRequest, { store }: DeskOptions) {
  const params = parse(ParamsSchema, request.params, () => new DeskError('noPhoto'));
  const belongs = await store.blobBelongsTo(params.blobId, params.conversationId);
  const blob = belongs ? await store.getBlob(params.blobId) : null;
  if (blob === null) throw new DeskError('noPhoto');
  return { ...params, ...blob };
}

/** Not even the browser keeps it: a label shows the device's verification code. */
function send(reply: FastifyReply, bytes: Buffer, mime: string): FastifyReply {
  return reply
    .type(mime)
    .header('cache-control', 'no-store')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(bytes);
}

/** A conversation's photos: small ones to look through, and originals, whose opening is audited. */
export function photosRoutes(
  scope: FastifyInstance,
  options: DeskOptions,
  now: () => number,
): void {
  const at = '/api/desk/conversations/:conversationId/photos/:blobId';

  scope.get(at, async (request, reply) => {
    const preview = await previewOf((await photoOf(request, options)).bytes);
    if (preview === null) throw new DeskError('noPhoto');
    return send(reply, preview, 'image/jpeg');
  });

  scope.get(`${at}/original`, async (request, reply) => {
    const photo = await photoOf(request, options);
    await options.store.audit({
      at: now(),
      actor: sessionOf(request).agent.agentId,
      action: 'photo.openOriginal',
      subject: photo.conversationId,
      detail: photo.blobId,
    });
    return send(reply, Buffer.from(photo.bytes), photo.mime);
  });
}
