import * as z from 'zod/mini';
import { nullableText } from './common.ts';

const AuditLineSchema = z.object({
  at: z.int(),
  actor: z.object({ id: z.string(), name: nullableText }),
  /** Of `audit.actions` in locales/<language>/desk.json, as the server knows it. */
  action: z.string(),
  /** What it was about, where this desk can show it or name it. */
  about: z.nullable(
    z.object({
      kind: z.enum(['case', 'conversation', 'person']),
      id: z.string(),
      label: nullableText,
    }),
  ),
  detail: nullableText,
});
export type AuditLineView = z.infer<typeof AuditLineSchema>;

/** Answer of GET /api/desk/audit?limit=: newest first; `more` when there are older ones. */
export const AuditTrailSchema = z.object({ lines: z.array(AuditLineSchema), more: z.boolean() });
