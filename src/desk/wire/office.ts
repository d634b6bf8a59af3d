import * as z from 'zod/mini';
import { nullableText } from './common.ts';

// What the server and the desk page say to each other about the office.

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const HoursSchema = z.array(z.object({ from: z.string(), to: z.string() }));
export type Hours = z.infer<typeof HoursSchema>;

const HolidaySchema = z.object({
  date: z.string(),
  name: z.string(),
  note: z.optional(z.string()),
});
const SwapSchema = z.object({ ...HolidaySchema.shape, hours: HoursSchema });
const BothSchema = z.object({ vi: z.string(), en: z.string() });
const TermsSchema = z.object({ version: z.string(), text: BothSchema });
const CannedReplySchema = z.object({ title: z.string(), text: BothSchema });

/** The office book, whose rules the server checks. */
const BookSchema = z.object({
  hours: z.object({
    monday: HoursSchema,
    tuesday: HoursSchema,
    wednesday: HoursSchema,
    thursday: HoursSchema,
    friday: HoursSchema,
    saturday: HoursSchema,
    sunday: HoursSchema,
  }),
  holidays: z.array(HolidaySchema),
  swaps: z.array(SwapSchema),
  slaMinutes: z.number(),
  nudgeMinutes: z.number(),
  agentSilentMinutes: z.number(),
  quietHours: z.object({ from: z.string(), to: z.string() }),
  retentionDays: z.object({ photos: z.number(), sadpStrings: z.number() }),
  sadpStaleHours: z.number(),
  sadpStringForUnsighted: z.boolean(),
  requireVerification: z.boolean(),
  cannedReplies: z.array(CannedReplySchema),
  terms: TermsSchema,
  earlierTerms: z.array(TermsSchema),
});
export type Book = z.infer<typeof BookSchema>;

/** Answer of GET /api/desk/office. */
export const OfficeSchema = z.object({
  book: BookSchema,
  version: z.string(),
  /** An edit of the file by hand is wrong and not in force. */
  complaint: nullableText,
  gaps: z.object({ missing: z.array(HolidaySchema), unofficial: z.array(HolidaySchema) }),
});
export type Office = z.infer<typeof OfficeSchema>;

/** Answer of POST …/office/preview {book}: promises that it would move, of all that still run. */
export const PreviewSchema = z.object({
  open: z.int(),
  moved: z.array(
    z.object({ caseId: z.string(), number: z.string(), from: z.number(), to: z.number() }),
  ),
});
export type Preview = z.infer<typeof PreviewSchema>;

/** Answer of POST …/office {book, version, tell}: how many installers were told, and the new book. */
export const SavedSchema = z.object({ moved: z.int(), office: OfficeSchema });
export type Saved = z.infer<typeof SavedSchema>;

/** Answer of GET …/canned-replies. */
export const CannedRepliesSchema = z.object({ replies: z.array(CannedReplySchema) });

const NoticeSchema = z.object({
  key: z.string(),
  kind: z.enum(['nudge', 'escalation', 'digest', 'summary', 'holidays']),
  at: z.number(),
  /** The case that it is about, while it waits. */
  about: z.nullable(z.object({ caseId: z.string(), number: z.string(), serial: z.string() })),
  data: z.record(z.string(), z.number()),
});
export type Notice = z.infer<typeof NoticeSchema>;

/** Answer of GET …/notices: what still matters, the most urgent first. */
export const NoticesSchema = z.object({ notices: z.array(NoticeSchema) });
