import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HttpError } from '../../server/errors.ts';
import { ChatError } from './errors.ts';

const MAX_PICTURE = 15 * 1024 * 1024;
/** More parts than an honest page sends; beyond, the upload is no longer read. */
const MAX_PARTS = 40;
const MAX_REQUEST = 12 * MAX_PICTURE;

const FieldsSchema = z.object({
  id: z.uuid().optional(),
  caption: z.string().optional(),
});

export interface UploadedFile {
  name: string;
  mime: string;
  /** Larger than MAX_PICTURE: its bytes were dropped. */
  tooLarge: boolean;
  bytes: Uint8Array;
}

export interface Uploaded {
  /** The page's id of this message; a fresh one when it gave none. */
  id: string;
  caption: string;
  /** How many files came, those not taken included. */
  files: number;
}

/**
 * Reads a multipart request. Each of the first `most` files goes to `take` as it comes, so that no
 * two originals are in memory at a time; further ones are counted and dropped.
 * @param take throws nothing but an HttpError, which is passed on
 * @throws ChatError `tooLarge`, `cutOff` or `notUnderstood`
 */
export async function readUpload(
  request: FastifyRequest,
  most: number,
  take: (file: UploadedFile) => Promise<void>,
): Promise<Uploaded> {
  if (!request.isMultipart()) throw new ChatError('notUnderstood', 415);
  if (Number(request.headers['content-length'] ?? 0) > MAX_REQUEST) {
    throw new ChatError('tooLarge', 413);
  }
  const fields: Record<string, unknown> = {};
  let files = 0;
  const how = {
    throwFileSizeLimit: false,
    limits: { fileSize: MAX_PICTURE, fieldSize: 128 * 1024, fields: 8, parts: MAX_PARTS },
  };
  const parts = request.parts(how);
  try {
    for await (const part of parts) {
      if (part.type === 'field') {
        fields[part.fieldname] = part.value;
        continue;
      }
      files += 1;
      if (files > most) {
        part.file.resume();
        continue;
      }
      const bytes = await part.toBuffer();
      const tooLarge = part.file.truncated;
      await take({
        name: part.filename,
        mime: part.mimetype,
        tooLarge,
        bytes: tooLarge ? new Uint8Array() : bytes,
      });
    }
  } catch (error) {
    if (error instanceof HttpError) throw error;
    // What the parser says may quote the upload: the cause stays out of the sentence and the log.
    const code = (error as { code?: unknown }).code;
    if (code === 'FST_PARTS_LIMIT' || code === 'FST_FIELDS_LIMIT') {
      throw new ChatError('tooLarge', 413);
    }
    throw new ChatError('cutOff', 400);
  }
  const read = FieldsSchema.safeParse(fields);
  if (!read.success) throw new ChatError('notUnderstood', 400);
  return { id: read.data.id ?? randomUUID(), caption: read.data.caption ?? '', files };
}
