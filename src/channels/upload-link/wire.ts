import * as z from 'zod/mini';

// What the server and the upload page say to each other; zod/mini keeps the page small.

/** Answer of GET /api/upload/:token: the link can be used, in the language of its conversation. */
export const OpenAnswerSchema = z.object({ language: z.enum(['vi', 'en']) });
export type OpenAnswer = z.infer<typeof OpenAnswerSchema>;

/** Codes of errors after which the link cannot be used any more. */
export const ENDED: readonly string[] = ['expired', 'used'];
