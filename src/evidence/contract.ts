import type { z } from 'zod';
import type { PlaceSchema, Reading, RefusedPictureSchema } from '../domain/reading.ts';
import type { Load } from './queue.ts';

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
   * @param whose whose picture it is, any stable name (a chat's id): persons take turns; without, all share one turn
   */
  read(bytes: Uint8Array, claim: string | null, whose?: string): Promise<Read>;
  /**
   * Encodes a picture afresh for keeping.
   *
   * @param bytes the file as it came, untrusted
   * @returns a JPEG, or a PNG where a PNG came and stays within the byte limit; `failed` when the reader was down or slow
   */
  tidy(bytes: Uint8Array): Promise<Tidied>;
  close(): Promise<void>;
}

/** A place in the upright picture, in fractions (0..1). */
export type Place = z.infer<typeof PlaceSchema>;

/** Draws what agents and mirrors are shown. Answers as `tidy` does, and never rejects. */
export interface PictureDrawer {
  /**
   * The picture with frames around these places: where a serial was read.
   *
   * @param bytes the file as it came, or as it is kept
   */
  outline(bytes: Uint8Array, places: readonly Place[]): Promise<Tidied>;
  /**
   * The picture with everything covered that may give away a verification code or a SADP string: QR and Data Matrix
   * codes that say more than a serial, also those that could not be read, and print that is a code or names one. A kind
   * of picture for which nothing is found comes back as `tidy` gives it: a mask covers what was recognised, no more.
   */
  mask(bytes: Uint8Array, whose?: string): Promise<Tidied>;
}

/** What an operator is told about the queue. */
export interface PhotoQueue {
  load(): Load;
}
