import { z } from 'zod';
import { CaseStatusSchema, RefusalReasonSchema } from '../domain/case.ts';
import { LanScanSchema } from '../domain/lan-scan.ts';
import { readLinkCode } from '../domain/link-code.ts';
import { ReadingSchema } from '../domain/reading.ts';
import { ReplySchema } from './reply.ts';

/** The languages of conversations. The first two are whole; what another one lacks is said in English. */
export const LanguageSchema = z.enum(['vi', 'en']);
export type Language = z.infer<typeof LanguageSchema>;

export const ChannelNameSchema = z.enum(['web', 'telegram', 'zalo-oa', 'zalo-bot', 'teams']);
export type ChannelName = z.infer<typeof ChannelNameSchema>;

/** Longest text a turn looks at; channels cut longer ones and say so with `cut`. */
export const MAX_TEXT = 16_384;
export const MAX_ALBUM = 10;

/** Slots that agents may fill. Agreeing and sending are the installer's own. */
export const AGENT_SLOTS = [
  'network',
  'serial',
  'deviceReady',
  'proof',
  'sadpString',
  'answer',
] as const;

const base = {
  /** Unique within the channel; a second delivery of it is dropped. */
  eventId: z.string().min(1).max(200),
  /** When it happened, milliseconds since the epoch. The only clock a turn knows. */
  at: z.number().int(),
  channel: ChannelNameSchema,
  chatId: z.string().min(1).max(200),
  /** Others read along: nothing that is for one person is said or taken there. */
  group: z.literal(true).optional(),
};

/** A file that a platform told of without its bytes. */
export const AttachedFileSchema = z.object({
  /** By which the channel fetches it: an id, or an address. */
  ref: z.string().min(1).max(2048),
  /** What the platform takes it for; its bytes have the last word. */
  kind: z.enum(['photo', 'file']),
  name: z.string().max(300).optional(),
  /** Bytes, as the platform says. */
  size: z.number().int().nonnegative().optional(),
});
export type AttachedFile = z.infer<typeof AttachedFileSchema>;

/** What cannot be taken, or can only be taken smaller. */
const UntakenSchema = z.enum([
  'voice',
  'video',
  'sticker',
  'location',
  'contact',
  'emptyAlbum',
  'tooManyPhotos',
  'photoTooLarge',
  'notAPicture',
  /** A picture of a kind that is not decoded, such as an iPhone's HEIC. */
  'unsupportedFormat',
  /** A picture whose end or middle is missing. */
  'damaged',
  'notArrived',
  /** The platform keeps files from bots, and does not say what it was. */
  'notHandedOver',
  'other',
]);
export type Untaken = z.infer<typeof UntakenSchema>;

export const FileContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(MAX_TEXT) }),
  z.object({ kind: z.enum(['empty', 'tooLarge', 'archive', 'notText']) }),
]);

/** A file of an agent; its bytes are a blob. */
export const AgentFileSchema = z.object({
  blobId: z.string().max(200),
  name: z.string().min(1).max(120),
  /** Bytes. */
  size: z.number().int().positive(),
});
export type AgentFile = z.infer<typeof AgentFileSchema>;

/** Everything that makes a turn. */
export const EventSchema = z.discriminatedUnion('type', [
  /** The person opened the chat (or sent /start) without saying anything yet. */
  z.object({
    ...base,
    type: z.literal('opened'),
    language: LanguageSchema.optional(),
    /** Number or id of the case whose link brought the person here. */
    caseRef: z.string().max(100).optional(),
    /** The link code that the link brought along. */
    linkCode: z.string().max(20).optional(),
  }),
  z.object({
    ...base,
    type: z.literal('text'),
    text: z.string().max(MAX_TEXT),
    /** The text was longer than MAX_TEXT and its end is missing. */
    cut: z.boolean().optional(),
    /** The platform's id of the message, where messages can be edited afterwards. */
    messageId: z.string().max(100).optional(),
    /** The message is an earlier one with a new text. */
    edited: z.boolean().optional(),
  }),
  /** A button; the token is the one its reply carried. */
  z.object({ ...base, type: z.literal('choice'), token: z.string().max(64) }),
  z.object({
    ...base,
    type: z.literal('photos'),
    blobIds: z.array(z.string()).min(1).max(MAX_ALBUM),
    caption: z.string().max(MAX_TEXT).optional(),
    /** Why others that came with them are missing. */
    untaken: UntakenSchema.optional(),
  }),
  /** Files came without their bytes, which a `fetch` effect brings. */
  z.object({
    ...base,
    type: z.literal('attached'),
    files: z.array(AttachedFileSchema).min(1).max(MAX_ALBUM),
    caption: z.string().max(MAX_TEXT).optional(),
    /** Files of one album share this; they may come one by one. */
    album: z.string().min(1).max(100).optional(),
  }),
  z.object({
    ...base,
    type: z.literal('file'),
    name: z.string().max(300),
    content: FileContentSchema,
  }),
  /** Something this assistant cannot take, or takes only smaller. */
  z.object({
    ...base,
    type: z.literal('unsupported'),
    what: UntakenSchema,
  }),
  /** The result of a `read` effect. `sadpString` is secret: it is kept by reference, never in state. */
  z.object({
    ...base,
    type: z.literal('photoRead'),
    readId: z.string(),
    photoId: z.string(),
    reading: ReadingSchema,
    sadpString: z.string().max(2048).optional(),
  }),
  /** The result of a `submit` effect. */
  z.object({
    ...base,
    type: z.literal('submitted'),
    formId: z.string(),
    caseId: z.string(),
    outcome: z.enum(['opened', 'duplicate']),
    /** The human-readable case number; absent for a duplicate. */
    number: z.string().optional(),
    /** On a duplicate: whether the open case belongs to this same account. */
    own: z.boolean().optional(),
    /** It waited long on its way: the case carries a promise that was made anew. */
    late: z.boolean().optional(),
  }),
  /** The result of a `pair` effect: a code by which a scanner sends what it sees, once. */
  z.object({
    ...base,
    type: z.literal('pairingOffered'),
    pairId: z.string(),
    formId: z.string(),
    code: z.string().min(1).max(20),
    expiresAt: z.number().int(),
    /** The page that hands the scanner out, or null where there is none. */
    page: z.url().nullable(),
  }),
  /** The result of a `share` effect: a page that shows how a case stands, to whoever has the link. */
  z.object({
    ...base,
    type: z.literal('shareOffered'),
    caseId: z.string(),
    /** Null where nobody could open it. */
    url: z.url().nullable(),
    expiresAt: z.number().int(),
  }),
  /** The result of a `timeline` effect: the statuses that a case had, oldest first. */
  z.object({
    ...base,
    type: z.literal('timelineRead'),
    caseId: z.string(),
    steps: z.array(z.object({ status: CaseStatusSchema, at: z.number().int() })),
  }),
  /** A scanner sent what it sees, by a pairing code of this conversation. */
  z.object({
    ...base,
    type: z.literal('devicesScanned'),
    /** The form that the code was made for. */
    formId: z.string(),
    scan: LanScanSchema,
  }),
  /** The result of an `erase` effect: how much was deleted. */
  z.object({
    ...base,
    type: z.literal('erased'),
    photos: z.number().int(),
    sadpStrings: z.number().int(),
    lines: z.number().int(),
  }),
  /** The backend (an agent at the desk, or somebody's server) changed a case. */
  z.object({
    ...base,
    type: z.literal('caseChanged'),
    caseId: z.string(),
    revision: z.number().int(),
    status: CaseStatusSchema,
    reason: RefusalReasonSchema.optional(),
    note: z.string().max(2000).optional(),
    /** needsInfo and other: the slots that the agent ticked. */
    reopen: z.array(z.string()).optional(),
    /** needsInfo and other: one free question. */
    question: z.string().max(500).optional(),
    by: z.string().optional(),
  }),
  /** A case is stored, and whoever decides it does not take it yet. */
  z.object({
    ...base,
    type: z.literal('caseWaits'),
    formId: z.string(),
    caseId: z.string(),
    number: z.string(),
  }),
  /** A case is stored, and whoever decides it refused to take it, for good. */
  z.object({
    ...base,
    type: z.literal('caseUntaken'),
    formId: z.string(),
    caseId: z.string(),
    number: z.string(),
  }),
  /** A company's application is kept; whoever decides it does not take it yet, or refused to, for good. */
  z.object({ ...base, type: z.literal('applicationHeldUp'), how: z.enum(['waits', 'untaken']) }),
  /** The backend gave a case a status that our life cycle does not have: told, and noted. */
  z.object({
    ...base,
    type: z.literal('caseNoted'),
    caseId: z.string(),
    revision: z.number().int(),
    words: z.string().min(1).max(500),
    by: z.string().optional(),
  }),
  /** The office's calendar was edited, and the installer is to hear of the new time. */
  z.object({ ...base, type: z.literal('promiseMoved'), caseId: z.string() }),
  z.object({
    ...base,
    type: z.literal('timerFired'),
    timer: z.string(),
  }),
  z.object({
    ...base,
    type: z.literal('agentActed'),
    act: z.enum(['takeOver', 'handBack', 'say']),
    agentId: z.string(),
    agentName: z.string(),
    text: z.string().max(4000).optional(),
    /** say: a photo by its blob id; only where the channel shows photos. */
    photo: z.string().max(200).optional(),
    /** say: a file; only where the channel carries it. */
    file: AgentFileSchema.optional(),
    /** takeOver: the agent who had the conversation when this one claimed it; null for none. */
    from: z.string().nullable().optional(),
  }),
  /** The agent who has the conversation filled, emptied, locked or unlocked a slot. */
  z.object({
    ...base,
    type: z.literal('agentFilled'),
    agentId: z.string(),
    form: z.string(),
    slot: z.enum(AGENT_SLOTS),
    /** The slot's revision that the agent looked at; under another one nothing changes. */
    revision: z.number().int(),
    act: z.enum(['fill', 'empty', 'lock', 'unlock']),
    /** fill: a network, a serial or an answer; the other slots need none. */
    value: z.string().max(2000).optional(),
  }),
  /** The account's company verification arrived, was refused or was withdrawn. */
  z.object({
    ...base,
    type: z.literal('accountChanged'),
    verified: z.boolean(),
    refused: z
      .object({ reason: z.string().max(500), reopen: z.array(z.string()).default([]) })
      .optional(),
  }),
  /** Another conversation joined this one's account, or left it. */
  z.object({
    ...base,
    type: z.literal('accountLinked'),
    what: z.enum(['joined', 'left']),
    other: ChannelNameSchema,
  }),
  /** News of a case that could not be shown where the case was opened. */
  z.object({
    ...base,
    type: z.literal('newsPassedOn'),
    reply: ReplySchema,
    /** Where the case was opened. */
    from: ChannelNameSchema,
    /** Conversations of the account that could not show it. */
    tried: z.array(z.string()).min(1),
  }),
]);
export type Event = z.infer<typeof EventSchema>;
export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

const FROM_A_PERSON: ReadonlySet<Event['type']> = new Set([
  'opened',
  'text',
  'choice',
  'photos',
  'attached',
  'file',
  'unsupported',
  'devicesScanned',
]);

/**
 * Whether a person did it, who waits for an answer and can be reached; the other events are results,
 * timers, and acts of agents and backends.
 */
export function isFromPerson(event: Event): boolean {
  return FROM_A_PERSON.has(event.type);
}

/** The link code that an event brings, or null. */
export function linkCodeIn(event: Event): string | null {
  if (event.type === 'opened') return readLinkCode(event.linkCode ?? '');
  return event.type === 'text' ? readLinkCode(event.text) : null;
}
