import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import sharp from 'sharp';
import type { Language } from '../../../dialogue/event.ts';
import type { Rendered } from '../../../words/words.ts';
import type { OaApi } from './api.ts';
import type { Clock } from './options.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../assets/pictures');
const MOST_BYTES = 1_000_000;
/** Zalo forgets an upload after seven days. */
const LIVES_MS = 6 * 24 * 3_600_000;
/** Widths and JPEG qualities that are tried one after the other, the best first. */
const SMALLER = [
  { width: 2048, quality: 85 },
  { width: 1600, quality: 75 },
  { width: 1200, quality: 65 },
  { width: 800, quality: 50 },
] as const;

/** A picture as Zalo takes it: JPEG or PNG, at most 1 MB. Ours only; nothing of a person is decoded. */
export async function fitPicture(
  bytes: Uint8Array,
): Promise<{ bytes: Uint8Array; mime: 'image/png' | 'image/jpeg' }> {
  const { format } = await sharp(bytes).metadata();
  if (bytes.length <= MOST_BYTES && (format === 'png' || format === 'jpeg')) {
    return { bytes, mime: `image/${format}` };
  }
  let smallest: Uint8Array = bytes;
  for (const { width, quality } of SMALLER) {
    const resized = sharp(bytes).resize({ width, withoutEnlargement: true }).flatten({
      background: 'white',
    });
    smallest = await resized.jpeg({ quality }).toBuffer();
    if (smallest.length <= MOST_BYTES) break;
  }
  return { bytes: smallest, mime: 'image/jpeg' };
}

/** The how-to drawings as Zalo takes them: uploaded once, named by their id afterwards. */
export class Pictures {
  readonly #api: OaApi;
  readonly #now: Clock;
  readonly #uploads = new Map<string, { id: string; until: number }>();

  constructor(api: OaApi, now: Clock) {
    this.#api = api;
    this.#now = now;
  }

  /** The attachment id of a drawing. Throws what the API throws, and when the drawing is missing. */
  async idOf(name: Rendered['pictures'][number]['name'], language: Language): Promise<string> {
    const file = `${name}.${language}.png`;
    const known = this.#uploads.get(file);
    if (known && known.until > this.#now()) return known.id;
    const { bytes, mime } = await fitPicture(await readFile(resolve(FOLDER, file)));
    const fileName = mime === 'image/png' ? file : file.replace(/png$/, 'jpg');
    const id = await this.#api.uploadImage(bytes, fileName, mime);
    this.#uploads.set(file, { id, until: this.#now() + LIVES_MS });
    return id;
  }

  /** Zalo knows the uploads no more. */
  forget(): void {
    this.#uploads.clear();
  }
}
