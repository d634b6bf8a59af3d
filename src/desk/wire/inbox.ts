import * as z from 'zod/mini';
import { channel, language, nullableText, OwnerSchema } from './common.ts';

const InboxRowSchema = z.object({
  conversationId: z.string(),
  channel,
  language,
  accountName: nullableText,
  owner: OwnerSchema,
  updatedAt: z.int(),
  lastText: nullableText,
  /** Since when the installer waits for a human's words, and why. */
  waiting: z.nullable(
    z.object({
      since: z.int(),
      why: z.enum([
        'asked',
        'stillBound',
        'wrote',
        'agentSilent',
        'setAside',
        'caseUntaken',
        'applicationUntaken',
      ]),
    }),
  ),
  unread: z.int(),
  lastLine: z.int(),
  openCases: z.int(),
  answerBy: z.nullable(z.int()),
});
export type InboxRowView = z.infer<typeof InboxRowSchema>;

/** Answer of GET /api/desk/inbox?show=. `slaMinutes`: a human's answer is due within so many. */
export const InboxSchema = z.object({
  now: z.int(),
  slaMinutes: z.int(),
  onDuty: z.boolean(),
  rows: z.array(InboxRowSchema),
});

/** Answer of GET /api/desk/inbox/rows?ids= and /api/desk/search?q=. */
export const InboxRowsSchema = z.object({ rows: z.array(InboxRowSchema) });
