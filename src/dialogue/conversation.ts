import { z } from 'zod';
import { RefusalReasonSchema } from '../domain/case.ts';
import { LanScanSchema, ScanNoteSchema, ScanWaySchema } from '../domain/lan-scan.ts';
import { ReadingSchema } from '../domain/reading.ts';
import { SerialSchema } from '../domain/serial.ts';
import { AttachedFileSchema, LanguageSchema } from './event.ts';
import { OwnerSchema, WaitingSchema } from './owner.ts';
import { ChoiceSchema } from './reply.ts';

/** What each slot holds when it is filled. */
const SlotValues = {
  network: z.object({ network: z.enum(['lan', 'other']) }),
  serial: z.object({
    serial: SerialSchema,
    source: z.enum(['typed', 'label', 'scanner', 'screenshot']),
    /** What a scanner said of the device. */
    scan: ScanNoteSchema.optional(),
  }),
  deviceReady: z.object({}),
  proof: z.object({
    verdict: z.enum(['shown', 'unverified']),
    /** Why it is unverified: a word the agent's page translates. */
    why: z.string().nullable(),
    photoIds: z.array(z.string()).min(1),
  }),
  sadpString: z.object({
    ref: z.string(),
    format: z.enum(['A', 'B', 'unknown']),
    source: z.enum(['text', 'file', 'photo']),
    exportedAt: z.number().nullable(),
    /** The serial in the file's name. */
    fileSerial: z.string().nullable(),
    receivedAt: z.number(),
  }),
  answer: z.object({ text: z.string() }),
  company: z.object({ name: z.string() }),
  taxCode: z.object({ code: z.string() }),
  licence: z.object({ blobIds: z.array(z.string()).min(1) }),
  /** In E.164. */
  phone: z.object({ number: z.string() }),
  consent: z.object({ version: z.string() }),
  verified: z.object({}),
  review: z.object({}),
} as const;

export type SlotName = keyof typeof SlotValues;
export const SLOT_NAMES = Object.keys(SlotValues) as [SlotName, ...SlotName[]];
export type SlotValue<N extends SlotName> = z.infer<(typeof SlotValues)[N]>;

/**
 * `revision` rises with every change of the slot, and with every new question inside it, so that
 * an old button or a late reading can be told from a present one.
 */
function slotState<V extends z.ZodType>(value: V) {
  return z.discriminatedUnion('state', [
    z.object({ state: z.literal('empty'), revision: z.number().int() }),
    z.object({ state: z.literal('pending'), revision: z.number().int(), readId: z.string() }),
    z.object({ state: z.literal('filled'), revision: z.number().int(), value }),
  ]);
}

const SlotsSchema = z
  .object({
    network: slotState(SlotValues.network),
    serial: slotState(SlotValues.serial),
    deviceReady: slotState(SlotValues.deviceReady),
    proof: slotState(SlotValues.proof),
    sadpString: slotState(SlotValues.sadpString),
    answer: slotState(SlotValues.answer),
    company: slotState(SlotValues.company),
    taxCode: slotState(SlotValues.taxCode),
    licence: slotState(SlotValues.licence),
    phone: slotState(SlotValues.phone),
    consent: slotState(SlotValues.consent),
    verified: slotState(SlotValues.verified),
    review: slotState(SlotValues.review),
  })
  .partial();

const PhotoSchema = z.object({
  photoId: z.string(),
  blobId: z.string(),
  readId: z.string(),
  /** Null while it is being read. */
  reading: ReadingSchema.nullable(),
  /** What it turned out to be good for. A string's picture is no proof. */
  use: z.enum(['evidence', 'sadpString', 'removed']),
});
export type Photo = z.infer<typeof PhotoSchema>;

/** Photos that are read together and answered once. */
const AlbumSchema = z.object({
  readId: z.string(),
  /** The slot that was asked for when they came. */
  target: z.enum(['serial', 'proof', 'sadpString']),
  /** That slot's revision; a result for an older one fills nothing. */
  revision: z.number().int(),
  /** Reference of an SADP string seen in one of them. */
  sadpRef: z.string().nullable(),
  sadpFormat: z.enum(['A', 'B', 'unknown']).nullable(),
});

/** What a slot is in the middle of asking: candidates, pieces, a serial seen instead. */
const DraftsSchema = z.object({
  serial: z
    .object({
      candidates: z.array(SerialSchema).min(1),
      source: z.enum(['typed', 'label', 'scanner', 'screenshot']),
      /** Each is a device of its own, and all of them may be meant. */
      all: z.boolean().optional(),
      /** There were more of them than are remembered. */
      more: z.boolean().optional(),
      /** Places of those of a list that are picked so far, while several are being picked. */
      picked: z.array(z.number().int()).optional(),
      /** Of a list that is longer than its buttons: the part that is shown, from 0. */
      page: z.number().int().optional(),
      /** Of a scanner's list the whole of it; `candidates` are its devices, in the same order. */
      scan: LanScanSchema.extend({ way: ScanWaySchema }).optional(),
      /** Place of a device that says it cannot be unbound, while it is asked what to do. */
      cannot: z.number().int().optional(),
    })
    .nullable(),
  /** `near`: almost the claimed one, so that either may be misread or mistyped. */
  proof: z.object({ another: z.string(), near: z.boolean().optional() }).nullable(),
  pieces: z.array(z.string()),
  /** A string whose file is named for another device and waits for "use it anyway". */
  misnamed: SlotValues.sadpString.nullable(),
});

export const FormSchema = z.object({
  id: z.string(),
  flow: z.string(),
  /** Forms that were sent or closed are gone from the conversation; their case remembers them. */
  phase: z.enum(['open', 'submitting']),
  /** Shared by the devices that are filled in together: one consent, one confirmation. */
  batch: z.string().nullable().default(null),
  /** How often the person was reminded that it is unfinished, and when the next reminder is due. */
  reminded: z.number().int().default(0),
  remindAt: z.number().int().nullable().default(null),
  /** The case that this form repairs, and how its next submission is sent. */
  repairs: z
    .object({
      caseId: z.string(),
      number: z.string(),
      serial: z.string(),
      as: z.enum(['newCase', 'sameCase']),
      reason: RefusalReasonSchema.nullable(),
    })
    .nullable(),
  /** Slots that a refusal or an agent asked for beyond those the flow always needs. */
  asked: z.array(z.enum(SLOT_NAMES)),
  /** Filled slots that an agent has checked: only an agent changes them. */
  locked: z.array(z.enum(SLOT_NAMES)).default([]),
  question: z.string().nullable(),
  slots: SlotsSchema,
  strikes: z.partialRecord(z.enum(SLOT_NAMES), z.number().int()),
  drafts: DraftsSchema,
  photos: z.array(PhotoSchema),
  album: AlbumSchema.nullable(),
});
export type Form = z.infer<typeof FormSchema>;

/** What photos and strings that came while an agent was in the chat would have filled. */
const SuggestionSchema = z.object({
  at: z.number().int(),
  what: z.enum(['serial', 'proof', 'sadpString', 'unreadable']),
  detail: z.string(),
  /** Of a serial: it was written or listed, and no photo shows it. */
  typed: z.literal(true).optional(),
  /** The string itself, by reference; taken up when the agent hands back. */
  string: SlotValues.sadpString.optional(),
});

/** A file of an album whose others may still come. */
const ArrivingSchema = z.object({
  album: z.string(),
  file: AttachedFileSchema,
  caption: z.string(),
});

/** Which slot a message filled or was meant for, so that its edit can correct just that. */
const AnsweredSchema = z.object({
  messageId: z.string(),
  form: z.string(),
  slot: z.enum(SLOT_NAMES),
  /** The slot's revision after the message. */
  revision: z.number().int(),
});

const LinkingSchema = z.object({
  /** When link codes were typed that did not hold, the latest last. */
  wrong: z.array(z.number().int()),
  /** Stamp of the open question whether to leave the account. */
  leaving: z.number().int().nullable(),
});

export const ConversationSchema = z.object({
  id: z.string(),
  language: LanguageSchema,
  greeted: z.boolean(),
  owner: OwnerSchema,
  /** Null while the installer waits for no human. */
  waiting: WaitingSchema.nullable().default(null),
  forms: z.array(FormSchema),
  /** The form that questions are about, or null when nothing is being filled. */
  focus: z.string().nullable(),
  counter: z.number().int(),
  /** Tokens of the newest question's buttons, in order: a typed "2" means the second. */
  offered: z.array(z.string()),
  /** The newest buttons of any reply, so that the transcript can say which one was pressed. */
  buttons: z.array(ChoiceSchema),
  /** A yes/no question of a pattern that is open. */
  confirm: z
    .object({ what: z.enum(['cancel', 'restart']), form: z.string(), revision: z.number().int() })
    .nullable(),
  suggestions: z.array(SuggestionSchema),
  /** References of secrets whose text the next turns need: pieces of an SADP string. */
  heldSecrets: z.array(z.string()),
  /** When the person last did something. */
  heardAt: z.number().int().default(0),
  arriving: z.array(ArrivingSchema).default([]),
  /** Newest first. */
  answered: z.array(AnsweredSchema).default([]),
  /** How much the person has sent since when, and whether they were told that it is a lot. */
  pace: z
    .object({ since: z.number(), count: z.number().int(), told: z.boolean() })
    .nullable()
    .default(null),
  linking: LinkingSchema.default({ wrong: [], leaving: null }),
});
/** Everything a conversation remembers; plain JSON, restored through the schema. */
export type Conversation = z.infer<typeof ConversationSchema>;
