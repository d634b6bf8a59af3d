import { z } from 'zod';

/** A place in the upright picture, in fractions of its width and height (0..1). */
export const PlaceSchema = z.object({
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

/** What spoils a picture beyond its trouble, where that can be seen: to word the advice better. */
export const FaultSchema = z.enum(['glare', 'cropped']);
export type Fault = z.infer<typeof FaultSchema>;

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
  /** Share of the picture that is burnt out, 0..1: reflections of a lamp or a flash. */
  glare: z.number().optional(),
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
    /** Present exactly when nothing useful was found: no serial, or glimpses of some in a picture that is spoilt. */
    trouble: TroubleSchema.optional(),
    /** Only beside `trouble`. */
    fault: FaultSchema.optional(),
    /**
     * A perceptual hash, 64 bits in hex: pictures whose hashes differ in at most 8 bits are likely the same photo sent
     * again.
     */
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .optional(),
    /** The picture is a list of devices, as SADP's window shows it: its serials are offers, none is the one meant. */
    sadpList: z.boolean().optional(),
  }),
  z.object({ outcome: z.literal('refused'), why: RefusedPictureSchema }),
  /** The reader was down, too slow, or was stopped. */
  z.object({ outcome: z.literal('failed') }),
]);
export type Reading = z.infer<typeof ReadingSchema>;
