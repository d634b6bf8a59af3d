import * as z from 'zod/mini';
import { nullableText } from './common.ts';

/** A place in the upright photo, in fractions of its width and height. */
const PlaceSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type Place = z.infer<typeof PlaceSchema>;

const by = z.enum(['qrCode', 'code128', 'dataMatrix', 'ocr']);

const SeenSerialSchema = z.object({
  short: z.string(),
  full: nullableText,
  by,
  confidence: z.number(),
  /** Places of `short` that differ from the claimed serial. */
  differs: z.array(z.int()),
  place: z.nullable(PlaceSchema),
});
export type SeenSerial = z.infer<typeof SeenSerialSchema>;

const PhotoQualitySchema = z.object({
  width: z.int(),
  height: z.int(),
  /** Variance of the Laplacian; what it means is `focus`. */
  sharpness: z.number(),
  focus: z.enum(['sharp', 'soft', 'blurred']),
  /** Percent of white. */
  brightness: z.int(),
  light: z.enum(['dark', 'good', 'bright']),
  /** Percent of the picture that is burnt out; null where it was not measured. */
  glare: z.nullable(z.number()),
  /** Glare spoilt the reading. */
  glares: z.boolean(),
});
export type PhotoQuality = z.infer<typeof PhotoQualitySchema>;

export const CasePhotoSchema = z.object({
  blobId: z.string(),
  verdict: z.enum(['shown', 'another', 'doubtful', 'unreadable', 'notRead']),
  /** Of `unreadable` what spoils it, of `doubtful` the doubt; see why in locales/<language>/desk.json. */
  why: nullableText,
  /** How surely the verdict's sight was read, 0..1, by which way, and where it stands. */
  confidence: z.nullable(z.number()),
  by: z.nullable(by),
  place: z.nullable(PlaceSchema),
  /** A list of devices, as SADP's window shows it. */
  deviceList: z.boolean(),
  quality: z.nullable(PhotoQualitySchema),
  seen: z.array(SeenSerialSchema),
});
export type CasePhotoView = z.infer<typeof CasePhotoSchema>;

/** Answer 202 of GET …/photos/:blobId and …/masked: the masked copy is being made. Ask again. */
export const MakingSchema = z.object({ state: z.literal('making') });
