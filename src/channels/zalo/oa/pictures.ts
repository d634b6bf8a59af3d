import { readFile } from 'node:fs/promises';
import type { Language } from '../../../dialogue/event.ts';
import type { Store } from '../../../store/contract.ts';
import type { Rendered } from '../../../words/words.ts';
import { drawingFile, drawingPath } from '../../drawings.ts';
import { fitPicture } from '../../fit-picture.ts';
import type { OaApi } from './api.ts';
import type { Clock } from './options.ts';

/** Zalo forgets an upload after seven days. */
const LIVES_MS = 6 * 24 * 3_600_000;
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
    const file = drawingFile(name, language);
    const known = this.#uploads.get(file);
    if (known && known.until > this.#now()) return known.id;
    const { bytes, mime } = await fitPicture(await readFile(drawingPath(file)), 'image/png');
    const fileName = mime === 'image/png' ? file : file.replace(/png$/, 'jpg');
    const id = await this.#api.uploadImage(bytes, fileName, mime);
    this.#uploads.set(file, { id, until: this.#now() + LIVES_MS });
    return id;
  }

  /** The attachment id of an agent's photo; null when it is gone. Throws what the API throws. */
  async idOfPhoto(store: Pick<Store, 'getBlob'>, blobId: string): Promise<string | null> {
    const blob = await store.getBlob(blobId);
    if (!blob) return null;
    const { bytes, mime } = await fitPicture(blob.bytes, blob.mime);
    return this.#api.uploadImage(bytes, mime === 'image/png' ? 'photo.png' : 'photo.jpg', mime);
  }

  /** Zalo knows the uploads no more. */
  forget(): void {
    this.#uploads.clear();
  }
}
