import * as z from 'zod/mini';
import { VerificationSchema } from './verification-wire.ts';

// What the server and the desk page say to each other. The page checks it too, so it is written
// with zod/mini: the page stays small. Times are milliseconds since the epoch.

export const ROLES = ['admin', 'agent', 'viewer'] as const;
const STATUSES = [
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
/** Slots that an agent may tick to be filled again. */
export const REOPENABLE = ['network', 'serial', 'proof', 'sadpString'] as const;
/** Shortest password, in characters; NIST SP 800-63B where nothing else is asked for. */
export const SHORTEST_PASSWORD = 15;

const nullableText = z.nullable(z.string());
const language = z.enum(['vi', 'en']);
const channel = z.enum(['web', 'telegram', 'zalo-oa', 'zalo-bot', 'teams']);

export const PersonSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  login: z.string(),
  /** `left`: may no longer sign in. */
  role: z.enum([...ROLES, 'left']),
});
export type Person = z.infer<typeof PersonSchema>;

/** Answer of GET /api/desk/me, POST /api/desk/login and POST /api/desk/setup. */
export const MeSchema = z.object({
  agent: PersonSchema,
  /** Sent back as `x-csrf-token` with every request that changes something. */
  csrf: z.string(),
});
export type Me = z.infer<typeof MeSchema>;

/** Answer of GET /api/desk/me/telegram: the agents' Telegram group, and whether one acts there. */
export const GroupSchema = z.object({ configured: z.boolean(), linked: z.boolean() });
export type GroupView = z.infer<typeof GroupSchema>;

/** Answer of POST /api/desk/me/telegram/code: sent in the group once, before `expiresAt`. */
export const GroupCodeSchema = z.object({ code: z.string(), expiresAt: z.number() });
export type GroupCodeView = z.infer<typeof GroupCodeSchema>;

/** Answer of GET /api/desk/ways: how people may sign in beside a password. */
export const WaysSchema = z.object({ oidc: z.boolean() });

export const PeopleSchema = z.object({ agents: z.array(PersonSchema) });

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

const OwnerSchema = z.object({
  who: z.enum(['bot', 'queued', 'agent']),
  agentId: nullableText,
  agentName: nullableText,
});

/** A place in the upright photo, in fractions of its width and height. */
const PlaceSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type Place = z.infer<typeof PlaceSchema>;

const by = z.enum(['qrCode', 'code128', 'dataMatrix', 'ocr']);

const SeenSerialSchema = z.object({
  short: z.string(),
  full: nullableText,
  by,
  confidence: z.number(),
  /** Places of `short` that differ from the claimed serial. */
  differs: z.array(z.int()),
  place: z.nullable(PlaceSchema),
});
export type SeenSerial = z.infer<typeof SeenSerialSchema>;

const PhotoQualitySchema = z.object({
  width: z.int(),
  height: z.int(),
  /** Variance of the Laplacian; what it means is `focus`. */
  sharpness: z.number(),
  focus: z.enum(['sharp', 'soft', 'blurred']),
  /** Percent of white. */
  brightness: z.int(),
  light: z.enum(['dark', 'good', 'bright']),
  /** Percent of the picture that is burnt out; null where it was not measured. */
  glare: z.nullable(z.number()),
  /** Glare spoilt the reading. */
  glares: z.boolean(),
});
export type PhotoQuality = z.infer<typeof PhotoQualitySchema>;

const CasePhotoSchema = z.object({
  blobId: z.string(),
  verdict: z.enum(['shown', 'another', 'doubtful', 'unreadable', 'notRead']),
  /** Of `unreadable` what spoils it, of `doubtful` the doubt; see why in locales/<language>/desk.json. */
  why: nullableText,
  /** How surely the verdict's sight was read, 0..1, by which way, and where it stands. */
  confidence: z.nullable(z.number()),
  by: z.nullable(by),
  place: z.nullable(PlaceSchema),
  /** A list of devices, as SADP's window shows it. */
  deviceList: z.boolean(),
  quality: z.nullable(PhotoQualitySchema),
  seen: z.array(SeenSerialSchema),
});
export type CasePhotoView = z.infer<typeof CasePhotoSchema>;

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

const ConversationSchema = z.object({
  conversationId: z.string(),
  channel,
  language,
  accountName: nullableText,
  accountVerified: z.boolean(),
  owner: OwnerSchema,
  updatedAt: z.int(),
  lastText: nullableText,
});
export type ConversationView = z.infer<typeof ConversationSchema>;

/** What the bot took note of while an agent answered; it goes on with it once it is handed back. */
const SuggestionSchema = z.object({
  at: z.int(),
  what: z.enum(['serial', 'serialTyped', 'proof', 'sadpString', 'unreadable']),
  /** A serial; how many photos could not be read; null of an SADP string. */
  detail: nullableText,
});
export type SuggestionView = z.infer<typeof SuggestionSchema>;

const SlotSchema = z.object({
  /** Of `slots` in locales/<language>/inbox.json. */
  slot: z.string(),
  state: z.enum(['empty', 'pending', 'filled']),
  /** Sent back with a change: what was changed meanwhile stays as it is. */
  revision: z.int(),
  /** What it holds, for people: a serial, `lan`, a verdict; never a secret. */
  value: nullableText,
  locked: z.boolean(),
  /** The bot asks for it now. */
  asked: z.boolean(),
  /** How an agent may fill it: by one of two, by a text, by one press, or not at all. */
  fill: z.enum(['network', 'serial', 'text', 'press', 'none']),
});
export type SlotView = z.infer<typeof SlotSchema>;

/** A case that is being filled or repaired. */
const FormSchema = z.object({
  form: z.string(),
  /** Questions are about this one. */
  focused: z.boolean(),
  /** The number of the case that it repairs. */
  repairs: nullableText,
  question: nullableText,
  slots: z.array(SlotSchema),
});
export type FormView = z.infer<typeof FormSchema>;

/** Answer of GET /api/desk/conversations/:conversationId. */
export const OneConversationSchema = z.object({
  conversation: ConversationSchema,
  suggestions: z.array(SuggestionSchema),
  forms: z.array(FormSchema),
  /** Applications of the account that wait for their decision. */
  verifications: z.array(VerificationSchema),
});

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

const NoteSchema = z.object({
  noteId: z.string(),
  at: z.int(),
  agentName: nullableText,
  text: z.string(),
});
export type NoteView = z.infer<typeof NoteSchema>;
export const NotesSchema = z.object({ notes: z.array(NoteSchema) });

/** Answer of POST /api/desk/invites: a link below this server, which works once. */
export const InviteSchema = z.object({ path: z.string(), expiresAt: z.int() });

/** Data of the stream's `writing`: a colleague writes in this conversation. */
export const WritingSchema = z.object({
  conversationId: z.string(),
  agentId: z.string(),
  name: z.string(),
});
export type Writing = z.infer<typeof WritingSchema>;

/** Data of the stream's `typing`: the installer writes in this conversation. */
export const TypingSchema = z.object({ conversationId: z.string() });

const LineSchema = z.object({
  id: z.int(),
  at: z.int(),
  author: z.enum(['installer', 'bot', 'agent']),
  agentName: nullableText,
  language,
  text: z.string(),
  choices: z.array(z.string()),
  pictures: z.array(z.string()),
  photos: z.array(z.string()),
  /** Of an agent: `…/files/<blobId>`. */
  file: z.nullable(z.object({ blobId: z.string(), name: z.string(), size: z.int() })),
  /** The line stands for an SADP string. */
  secret: z.boolean(),
  delivery: z.enum(['due', 'sent', 'failed', 'cancelled', 'expired']),
  /** Which way its channel chose, and why: words of `ways` in locales/<language>/desk.json. */
  way: z.nullable(z.object({ way: z.string(), why: z.string() })),
  /** Where the news was told instead: a conversation of the same account. */
  toldIn: z.nullable(z.object({ conversationId: z.string(), channel })),
  /** News of a case: goes out whoever owns the conversation. */
  aboutCase: z.boolean(),
});
export type LineView = z.infer<typeof LineSchema>;

/** Answer of GET …/transcript?after=: at most a page of lines, oldest first. */
export const TranscriptSchema = z.object({ lines: z.array(LineSchema), more: z.boolean() });

/** Data of the stream's `changed`: something about this conversation or its cases is new. */
export const ChangedSchema = z.object({ conversationId: z.string() });

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

/** Answer 202 of GET …/photos/:blobId and …/masked: the masked copy is being made. Ask again. */
export const MakingSchema = z.object({ state: z.literal('making') });

/** Answer of GET /api/desk/zalo-oa: how the Official Account is connected. */
export const ZaloOaSchema = z.object({
  /** False when the server has no settings of an account. */
  configured: z.boolean(),
  /** `ending`: the consent ends within weeks. `refused`: Zalo takes it no more. */
  state: z.enum(['notConnected', 'connected', 'ending', 'refused']),
  oaId: nullableText,
  /** When the consent ends, unless it is renewed before. */
  endsAt: z.nullable(z.number()),
  /** Until when messages go out. */
  accessEndsAt: z.nullable(z.number()),
  canConnect: z.boolean(),
});
export type ZaloOaView = z.infer<typeof ZaloOaSchema>;

/** Answer of POST /api/desk/zalo-oa/connect: where the admin consents. */
export const ConsentSchema = z.object({ url: z.string() });

/** Every answer that is not a success. */
export const TroubleSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});

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
