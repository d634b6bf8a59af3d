import * as z from 'zod/mini';
import { channel, language, nullableText, OwnerSchema } from './common.ts';
import { VerificationSchema } from './verification.ts';

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

const NoteSchema = z.object({
  noteId: z.string(),
  at: z.int(),
  agentName: nullableText,
  text: z.string(),
});
export type NoteView = z.infer<typeof NoteSchema>;

export const NotesSchema = z.object({ notes: z.array(NoteSchema) });

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
