import { z } from 'zod';

/** A place in the upright picture, in fractions of its width and height (0..1). */
const PlaceSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

/** A device serial that a reader found in a picture. */
export const SeenSerialSchema = z.object({
  short: z.string(),
  full: z.string().optional(),
  model: z.string().optional(),
  by: z.enum(['qrCode', 'code128', 'dataMatrix', 'ocr']),
  /** 0..1; a decoded code field is 1. */
  confidence: z.number().min(0).max(1),
  /** True where the text stands in a place that means "serial": a code field, or beside an S/N mark. */
  anchored: z.boolean(),
  place: PlaceSchema.optional(),
});
export type SeenSerial = z.infer<typeof SeenSerialSchema>;

/** Why nothing could be read although the file is a picture. */
export const TroubleSchema = z.enum(['blurred', 'dark', 'bright', 'small', 'noCode']);
export type Trouble = z.infer<typeof TroubleSchema>;

/** Why a file was not even looked at. */
export const RefusedPictureSchema = z.enum([
  'tooLarge',
  'tooManyPixels',
  'notAPicture',
  'unsupportedFormat',
  'damaged',
]);

export const QualitySchema = z.object({
  width: z.number().int(),
  height: z.number().int(),
  /** Variance of the Laplacian of the grey picture; low means blurred. */
  sharpness: z.number(),
  /** Mean grey level, 0 (black) .. 255 (white). */
  brightness: z.number(),
  /** Standard deviation of the grey level. */
  contrast: z.number(),
});

/**
 * What one picture shows. A label's verification code is dropped where the code is parsed and is
 * never part of a reading.
 */
export const ReadingSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('read'),
    serials: z.array(SeenSerialSchema).max(32),
    /** A Hik-Connect share QR (it carries passwords) was in the picture: delete the picture. */
    shareQr: z.boolean(),
    quality: QualitySchema,
    /** Present exactly when nothing useful was found. */
    trouble: TroubleSchema.optional(),
  }),
  z.object({ outcome: z.literal('refused'), why: RefusedPictureSchema }),
  /** The reader was down, too slow, or was stopped. */
  z.object({ outcome: z.literal('failed') }),
]);
export type Reading = z.infer<typeof ReadingSchema>;
