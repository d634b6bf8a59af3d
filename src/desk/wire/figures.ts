import * as z from 'zod/mini';
import { channel, REASONS } from './common.ts';

const SpreadSchema = z.object({
  /** In minutes of working time; null without cases. */
  median: z.nullable(z.number()),
  ninety: z.nullable(z.number()),
  /** How many cases took up to so many minutes, more than the bucket before; null = longer. */
  buckets: z.array(z.object({ upTo: z.nullable(z.int()), count: z.int() })),
});
export type Spread = z.infer<typeof SpreadSchema>;

/** Answer of GET /api/desk/figures?from=&to=: cases that were sent on these days, both included. */
export const FiguresSchema = z.object({
  slaMinutes: z.int(),
  sent: z.int(),
  decided: z.int(),
  /** Of the decided ones: within the promise, and without a word of an agent in the chat. */
  kept: z.int(),
  alone: z.int(),
  firstAnswer: SpreadSchema,
  decision: SpreadSchema,
  reasons: z.array(z.object({ reason: z.enum(REASONS), count: z.int() })),
  channels: z.array(z.object({ channel, count: z.int() })),
  /** By hour of the day in Vietnam, 24 of them. */
  hours: z.array(z.int()),
  ratings: z.object({ count: z.int(), average: z.nullable(z.number()) }),
});
export type FiguresView = z.infer<typeof FiguresSchema>;
