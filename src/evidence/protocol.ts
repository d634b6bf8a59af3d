import { z } from 'zod';
import { PlaceSchema, ReadingSchema, RefusedPictureSchema } from '../domain/reading.ts';

const BytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What the parent asks of the reading process. One job at a time; `id` is echoed. */
export const JobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('read'),
    id: z.number().int(),
    bytes: BytesSchema,
    claim: z.string().nullable(),
    /** Readers stop searching after this many milliseconds of work. */
    softMs: z.number(),
    /** Or this many on the wall. */
    wallMs: z.number(),
  }),
  z.object({ kind: z.literal('tidy'), id: z.number().int(), bytes: BytesSchema }),
  z.object({
    kind: z.literal('outline'),
    id: z.number().int(),
    bytes: BytesSchema,
    places: z.array(PlaceSchema),
  }),
  z.object({
    kind: z.literal('mask'),
    id: z.number().int(),
    bytes: BytesSchema,
    softMs: z.number(),
    wallMs: z.number(),
  }),
]);
export type Job = z.infer<typeof JobSchema>;

/** A device's SADP strings end at 1024 characters; wrappers and a screen's own text are allowed for. */
const SADP_STRING_MAX = 4096;

/**
 * What the reading process answers. The parent checks it like any other boundary: the process has handled hostile bytes.
 */
export const AnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('read'),
    id: z.number().int(),
    read: z.object({
      reading: ReadingSchema,
      sadpString: z.string().max(SADP_STRING_MAX).exactOptional(),
    }),
  }),
  z.object({
    kind: z.literal('tidied'),
    id: z.number().int(),
    tidied: z.union([
      z.object({ bytes: BytesSchema, mime: z.enum(['image/jpeg', 'image/png']) }),
      z.object({ refused: RefusedPictureSchema }),
      z.object({ failed: z.literal(true) }),
    ]),
  }),
]);
export type Answer = z.infer<typeof AnswerSchema>;
