import { z } from 'zod';
import { CaseStatusSchema, RefusalReasonSchema } from '../../domain/case.ts';

// What goes between this assistant and a server that decides cases. docs/backend.openapi.json is
// made from these schemas, so that their descriptions are what the other side reads.

const Moment = z.iso.datetime({ offset: true });

/** Statuses that our life cycle has; a server may have others, which are shown as they are. */
export const STATUSES = CaseStatusSchema.options;

/** What may be asked for again. */
const REOPENABLE = ['network', 'serial', 'proof', 'sadpString'] as const;

const PhotoSchema = z.object({
  part: z
    .string()
    .describe(
      'Name of the part of this request that holds the picture. It is missing if the installer deleted it.',
    ),
  verdict: z
    .string()
    .describe('What our reader made of it: match, mismatch, doubtful, unreadable, …'),
});

/** The part `case` of POST /cases. */
export const SubmissionSchema = z.object({
  caseId: z.string().min(1).max(200).describe('Ours. One case for good, however often it comes.'),
  number: z.string().describe('The number that people see, such as UB-000123.'),
  revision: z
    .int()
    .min(1)
    .describe('The case’s revision here. Every later one of yours must be greater.'),
  submittedAt: Moment,
  answerBy: Moment.describe('The time that the installer was promised.'),
  language: z.enum(['vi', 'en']).describe('In which the installer reads your words.'),
  channel: z.string(),
  repairs: z.string().nullable().describe('The refused case that this one repairs.'),
  network: z.enum(['lan', 'other']),
  serial: z.object({ short: z.string(), full: z.string().nullable() }),
  serialSource: z.enum(['typed', 'label', 'scanner', 'screenshot']),
  sadp: z
    .object({
      text: z.string().describe('The SADP string. A secret of the device: keep it out of logs.'),
      exportedAt: Moment.nullable(),
      receivedAt: Moment,
    })
    .nullable(),
  photos: z.array(PhotoSchema).max(20),
  proof: z.enum(['shown', 'unverified']),
  proofWhy: z.string().nullable(),
  flags: z.array(z.string()).describe('What a person should look at before deciding.'),
  answer: z.string().nullable().describe('The answer to your question, if you asked one.'),
  consentVersion: z.string(),
});
export type Submission = z.infer<typeof SubmissionSchema>;

const words = (most: number) => z.string().trim().min(1).max(most);

/** What a server says of a case: its answers, and `data` of its webhooks. */
export const CaseStateSchema = z
  .object({
    caseId: z.string().min(1).max(200),
    revision: z
      .int()
      .min(1)
      .max(2_000_000_000)
      .describe(
        'Rises with every change, and is greater than any revision that we sent. Older ones are dropped.',
      ),
    status: words(60).describe(
      `One of ${STATUSES.join(', ')}; any other is shown to the installer and changes nothing.`,
    ),
    statusText: words(300)
      .optional()
      .describe('A status of your own in words for the installer, in the case’s language.'),
    reason: words(60)
      .optional()
      .describe(
        `With rejected: one of ${RefusalReasonSchema.options.join(', ')}. Another one is taken as other.`,
      ),
    note: words(2000).optional().describe('Words for the installer.'),
    reopen: z
      .array(z.enum(REOPENABLE))
      .max(REOPENABLE.length)
      .optional()
      .describe('With needsInfo, or rejected for another reason: what to send again.'),
    questions: z
      .array(words(160))
      .max(3)
      .optional()
      .describe('With needsInfo, or rejected for another reason: what to answer in words.'),
    by: words(100).optional().describe('Who decided, for our agents.'),
  })
  .refine(
    ({ status, reopen = [], questions = [] }) =>
      status !== 'needsInfo' || reopen.length + questions.length > 0,
    { message: 'needsInfo must name what to send again (reopen) or ask (questions)' },
  )
  .refine(({ status, reason }) => status !== 'rejected' || reason !== undefined, {
    message: 'rejected must name its reason',
    path: ['reason'],
  });
export type CaseState = z.infer<typeof CaseStateSchema>;

/** What of a company may be asked for again. */
const COMPANY_SLOTS = ['company', 'taxCode', 'licence', 'phone'] as const;

/** The part `verification` of POST /verifications. */
export const ApplicationSchema = z.object({
  applicationId: z.string().min(1).max(200).describe('Ours. One application for good.'),
  applicant: z
    .string()
    .min(1)
    .max(200)
    .describe('Ours, too. A newer application of an applicant takes the place of one that waits.'),
  submittedAt: Moment,
  language: z.enum(['vi', 'en']).describe('In which the installer reads your words.'),
  channel: z.string(),
  company: z.string().describe('The name as the installer wrote it.'),
  taxCode: z.string().describe('10 digits, or 13 written 0314409058-002; check digit checked.'),
  phone: z.string().describe('In E.164.'),
  licence: z
    .array(z.string())
    .max(20)
    .describe('Names of the parts of this request that hold the business licence’s pictures.'),
});
export type ApplicationSubmission = z.infer<typeof ApplicationSchema>;

/** What a server says of an application: its answers, and `data` of its webhooks. */
export const VerificationStateSchema = z
  .object({
    applicationId: z.string().min(1).max(200),
    status: words(60).describe(
      'One of waiting, approved, refused; any other is taken as waiting. The first decision counts.',
    ),
    reason: words(500).optional().describe('With refused: why, in words for the installer.'),
    reopen: z
      .array(z.enum(COMPANY_SLOTS))
      .max(COMPANY_SLOTS.length)
      .optional()
      .describe('With refused: what to fill in again.'),
    by: words(100).optional().describe('Who decided, for our agents.'),
  })
  .refine(({ status, reason }) => status !== 'refused' || reason !== undefined, {
    message: 'refused must name its reason',
    path: ['reason'],
  });
export type VerificationState = z.infer<typeof VerificationStateSchema>;

/** Body of POST /webhooks/case-backend at this assistant. */
export const WebhookSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('case.changed'), timestamp: Moment, data: CaseStateSchema }),
  z.object({
    type: z.literal('verification.changed'),
    timestamp: Moment,
    data: VerificationStateSchema,
  }),
]);

/** What either side says when it does not do what it was asked. */
export const TroubleSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});
