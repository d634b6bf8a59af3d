import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type EventOf, MAX_ALBUM } from '../../dialogue/event.ts';
import { cleanName, contentOf, looksLikePicture } from '../../engine/file-content.ts';
import type { TidyPicture } from '../../engine/picture.ts';
import type { PhotoReader } from '../../evidence/contract.ts';
import { takePicture } from '../web/photos-route.ts';
import { readUpload, type UploadedFile } from '../web/upload.ts';
import { UploadError } from './errors.ts';

/** What an upload holds, all of it usable. `id` names its content: the same, sent again, has the same. */
export interface Taken {
  photos: { id: string; pictures: TidyPicture[] } | null;
  files: { id: string; name: string; content: EventOf<'file'>['content'] }[];
}

/**
 * Reads the upload, within the limits of the web chat. One file that cannot be used refuses them all,
 * and is named: the person is still there, and the link stays good.
 * @throws UploadError or ChatError
 */
export async function takeUpload(
  request: FastifyRequest,
  photos: Pick<PhotoReader, 'tidy'>,
): Promise<Taken> {
  const pictures: TidyPicture[] = [];
  const files: Taken['files'] = [];
  const looks = createHash('sha256');
  const upload = await readUpload(request, MAX_ALBUM, async (file) => {
    const name = cleanName(file.name);
    if (isPicture(file)) {
      looks.update(file.bytes);
      pictures.push(await pictureOf(photos, file, name));
    } else files.push({ id: digestOf(file.bytes), name, content: contentIn(file, name) });
  });
  if (upload.files === 0) throw new UploadError('noFile', 400);
  if (upload.files > MAX_ALBUM) throw new UploadError('tooMany', 413);
  const id = looks.digest('base64url');
  return { photos: pictures.length > 0 ? { id, pictures } : null, files };
}

function isPicture({ bytes, mime, tooLarge }: UploadedFile): boolean {
  return looksLikePicture(bytes) || (tooLarge && mime.startsWith('image/'));
}

async function pictureOf(
  photos: Pick<PhotoReader, 'tidy'>,
  file: UploadedFile,
  name: string,
): Promise<TidyPicture> {
  const picture = await takePicture({ photos }, file);
  if (typeof picture !== 'string') return picture;
  const code = picture === 'photoTooLarge' ? 'photoTooLarge' : 'notAPicture';
  throw new UploadError(code, code === 'photoTooLarge' ? 413 : 415, { file: name });
}

function contentIn(file: UploadedFile, name: string): EventOf<'file'>['content'] {
  const content = file.tooLarge ? ({ kind: 'tooLarge' } as const) : contentOf(file.bytes);
  if (content.kind === 'text') return content;
  if (content.kind === 'tooLarge') throw new UploadError('fileTooLarge', 413, { file: name });
  throw new UploadError(content.kind, 415, { file: name });
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
