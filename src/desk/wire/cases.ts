import * as z from 'zod/mini';
import { channel, language, nullableText, OwnerSchema, REASONS, STATUSES } from './common.ts';
import { CasePhotoSchema } from './photos.ts';

/** Slots that an agent may tick to be filled again. */
export const REOPENABLE = ['network', 'serial', 'proof', 'sadpString'] as const;

const listed = {
  caseId: z.string(),
  number: z.string(),
  conversationId: z.string(),
  serial: z.string(),
  network: z.enum(['lan', 'other']),
  language,
  channel,
  status: z.enum(STATUSES),
  reason: z.nullable(z.enum(REASONS)),
  decidedBy: nullableText,
  submittedAt: z.int(),
  updatedAt: z.int(),
  /** Promised to the installer. */
  answerBy: z.int(),
  /** What agents aim at; earlier than the promise after hours. */
  target: z.int(),
  /** What an agent should look at before deciding; see flags in locales/<language>/desk.json. */
  flags: z.array(z.string()),
  /** Whether agents decide it, or somebody's server. */
  decidedHere: z.boolean(),
};

const ListedCaseSchema = z.object(listed);
export type ListedCase = z.infer<typeof ListedCaseSchema>;

/** Answer of GET /api/desk/cases. `now` is the server's clock: pages count by it. */
export const CasesSchema = z.object({ now: z.int(), cases: z.array(ListedCaseSchema) });

const SimilarCaseSchema = z.object({
  caseId: z.string(),
  number: z.string(),
  serial: z.string(),
  status: z.enum(STATUSES),
  reason: z.nullable(z.enum(REASONS)),
  decidedBy: nullableText,
  submittedAt: z.int(),
  sameSerial: z.boolean(),
  /** Whether the same account sent it. */
  sameAccount: z.boolean(),
  /** Places in `photos`, from 0, of those that it has too. */
  photos: z.array(z.int()),
});
export type SimilarCaseView = z.infer<typeof SimilarCaseSchema>;

/** Answer of GET /api/desk/cases/:caseId. */
export const CaseSchema = z.object({
  ...listed,
  now: z.int(),
  revision: z.int(),
  /** What the asking agent may make of it now. */
  steps: z.array(z.enum(['inReview', 'unbound', 'rejected', 'needsInfo'])),
  note: nullableText,
  account: z.object({ name: nullableText, verified: z.boolean() }),
  owner: OwnerSchema,
  serialFull: nullableText,
  serialSource: z.enum(['typed', 'label', 'scanner', 'screenshot']),
  /** What the installer's own scanner said of the device; no proof. */
  scan: z.nullable(
    z.object({
      at: z.number(),
      program: z.string(),
      /** Devices that answered on that network. */
      answered: z.int(),
      way: z.enum(['pairing', 'pasted']),
      model: z.string(),
      ip: nullableText,
      mac: nullableText,
      firmware: nullableText,
      activated: z.nullable(z.boolean()),
      service: z.nullable(z.enum(['on', 'off', 'unsupported'])),
      bound: z.nullable(z.boolean()),
    }),
  ),
  proof: z.enum(['shown', 'unverified']),
  proofWhy: nullableText,
  photos: z.array(CasePhotoSchema),
  /** What is known of the SADP string; its text comes only by POST …/sadp-string. */
  sadp: z.nullable(
    z.object({
      format: z.enum(['A', 'B', 'unknown']),
      source: z.enum(['text', 'file', 'photo']),
      exportedAt: z.nullable(z.number()),
      fileSerial: nullableText,
      /** Places of `fileSerial` that differ from the claimed serial. */
      fileDiffers: z.array(z.int()),
      receivedAt: z.number(),
    }),
  ),
  answer: nullableText,
  consentVersion: z.string(),
  repairs: z.nullable(z.object({ caseId: z.string(), number: z.string() })),
  /** Other cases of this serial or with one of these photos, newest first. */
  similar: z.array(SimilarCaseSchema),
});
export type CaseView = z.infer<typeof CaseSchema>;

export const SadpStringSchema = z.object({ text: z.string() });
