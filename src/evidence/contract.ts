import type { z } from 'zod';
import type { Reading, RefusedPictureSchema } from '../domain/reading.ts';

/** What a reader process answers. `sadpString` is secret and travels beside the reading, never in it. */
export interface Read {
  reading: Reading;
  sadpString?: string;
}

/** Why a file was not even looked at. */
export type RefusedPicture = z.infer<typeof RefusedPictureSchema>;

/** A picture made fit for keeping: upright, at most 4096 px, without EXIF (place, camera, time) or trailing bytes. */
export type Tidied =
  | { bytes: Uint8Array; mime: 'image/jpeg' | 'image/png' }
  | { refused: RefusedPicture }
  | { failed: true };

/** Reads pictures in a process of its own. Never rejects: trouble is a reading too. */
export interface PhotoReader {
  /**
   * @param bytes the file as it came, untrusted
   * @param claim short serial that the picture should show, if known: readers stop when they see it
   */
  read(bytes: Uint8Array, claim: string | null): Promise<Read>;
  /**
   * Encodes a picture afresh for keeping.
   *
   * @param bytes the file as it came, untrusted
   * @returns a JPEG, or a PNG where a PNG came and stays within the byte limit; `failed` when the reader was down or slow
   */
  tidy(bytes: Uint8Array): Promise<Tidied>;
  close(): Promise<void>;
}
