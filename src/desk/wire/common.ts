import * as z from 'zod/mini';

// What the server and the desk page say to each other. The page checks it too, so it is written
// with zod/mini: the page stays small. Times are milliseconds since the epoch.

export const STATUSES = [
  'submitted',
  'inReview',
  'needsInfo',
  'unbound',
  'rejected',
  'cancelled',
] as const;

export const REASONS = [
  'serialMismatch',
  'photoUnreadable',
  'sadpStringInvalid',
  'notBound',
  'serviceDisabled',
  'accountUnverified',
  'other',
] as const;

export const nullableText = z.nullable(z.string());

export const language = z.enum(['vi', 'en']);

export const channel = z.enum(['web', 'telegram', 'zalo-oa', 'zalo-bot', 'teams']);

export const OwnerSchema = z.object({
  who: z.enum(['bot', 'queued', 'agent']),
  agentId: nullableText,
  agentName: nullableText,
});

/** Every answer that is not a success. */
export const TroubleSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});
