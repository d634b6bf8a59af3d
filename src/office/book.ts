import { z } from 'zod';

/** The longest text that every messenger shows in one message, with room for a heading. */
const LONGEST_TERMS = 1800;

const TimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as "08:30"');
const DateSchema = z.iso.date('must be a date of the calendar such as "2026-09-02"');
const NameSchema = z.string().trim().min(1, 'must not be empty').max(120);

const HoursSchema = z
  .array(
    z
      .strictObject({ from: TimeSchema, to: TimeSchema })
      .refine(({ from, to }) => from < to, '"from" must be earlier than "to"'),
  )
  .max(6)
  .describe('Opening hours of one day, [] = closed; two entries make a lunch break.')
  .superRefine((hours, context) => {
    hours.forEach((slot, index) => {
      const before = hours[index - 1];
      if (before && slot.from < before.to) {
        context.addIssue({
          code: 'custom',
          path: [index, 'from'],
          message: `must not be earlier than ${before.to}, when the entry before it ends`,
        });
      }
    });
  });

/** Refuses a second entry for a date, naming the place of the second. */
function onePerDate(entries: readonly { date: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  entries.forEach(({ date }, index) => {
    if (seen.has(date)) {
      context.addIssue({
        code: 'custom',
        path: [index, 'date'],
        message: `${date} is listed twice`,
      });
    }
    seen.add(date);
  });
}

const noteField = { note: z.string().max(400).optional().describe('For readers of this file.') };

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const ClockSchema = TimeSchema.refine((time) => time !== '24:00', 'must be earlier than 24:00');

const days = (most: number) =>
  z
    .int('must be a whole number of days')
    .min(1)
    .max(most)
    .describe('Days after the end of a case.');

const wording = z.string().trim().min(1, 'must not be empty').max(LONGEST_TERMS);

/** Words that an agent sends often. */
const CannedReplySchema = z.strictObject({
  title: z.string().trim().min(1, 'must not be empty').max(80),
  text: z.strictObject({ vi: wording, en: wording }),
});

const termsText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(LONGEST_TERMS, `must have at most ${LONGEST_TERMS} characters, to fit every messenger`);

/** A case records the version that was agreed to. */
const TermsSchema = z.strictObject({
  version: z.string().regex(/^[\w.-]{1,40}$/, 'must be 1 to 40 letters, digits, ".", "_" or "-"'),
  text: z.strictObject({ vi: termsText, en: termsText }),
});

/**
 * The office book: what people tune while the assistant runs. Small enough to be read and edited
 * by hand; times are wall-clock times in Asia/Ho_Chi_Minh.
 */
export const BookSchema = z.strictObject({
  hours: z
    .strictObject({
      monday: HoursSchema,
      tuesday: HoursSchema,
      wednesday: HoursSchema,
      thursday: HoursSchema,
      friday: HoursSchema,
      saturday: HoursSchema,
      sunday: HoursSchema,
    })
    .refine(
      (hours) => WEEKDAYS.some((day) => hours[day].length > 0),
      'must open on one weekday at least, or no answer could ever be promised',
    ),
  holidays: z
    .array(z.strictObject({ date: DateSchema, name: NameSchema, ...noteField }))
    .max(400)
    .superRefine(onePerDate)
    .describe('Closed all day.'),
  swaps: z
    .array(z.strictObject({ date: DateSchema, hours: HoursSchema, name: NameSchema, ...noteField }))
    .max(400)
    .superRefine(onePerDate)
    .describe('Days with other hours than their weekday has; [] closes the day.'),
  slaMinutes: z.int().min(1).max(1440).describe('Answer within so many minutes in working hours.'),
  agentSilentMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(5)
    .describe('After so long without an answer from an agent, others may take the conversation.'),
  nudgeMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(5)
    .describe('Agents are reminded of a case that nobody has taken for so long.'),
  quietHours: z
    .strictObject({ from: ClockSchema, to: ClockSchema })
    .default({ from: '21:00', to: '07:30' })
    .describe('Nobody is reminded of something unfinished then. May go past midnight.'),
  retentionDays: z
    .strictObject({ photos: days(3650), sadpStrings: days(3650) })
    .default({ photos: 90, sadpStrings: 7 })
    .describe('So long after the end of a case its photos and SADP strings are deleted.'),
  sadpStaleHours: z
    .int()
    .min(1)
    .max(720)
    .describe('An SADP string older than this is warned about, never refused.'),
  sadpStringForUnsighted: z
    .boolean()
    .describe(
      'Ask for an SADP string on the LAN path too, when the serial was not seen on the LAN.',
    ),
  requireVerification: z.boolean().describe('Send a case only when the company is verified.'),
  cannedReplies: z.array(CannedReplySchema).max(60).default([]),
  terms: TermsSchema.describe('Raise the version with each change of the text.'),
  earlierTerms: z
    .array(TermsSchema)
    .max(100)
    .default([])
    .describe('What cases agreed to before; the desk keeps them when it raises the version.'),
});
export type Book = z.infer<typeof BookSchema>;
