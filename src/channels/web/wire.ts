import * as z from 'zod/mini';

// What the server and the page say to each other. The page checks it too, so it is written with
// zod/mini: the page stays small.

/** One line of the conversation: the data of a message of the stream, whose id is the line's. */
export const LineSchema = z.object({
  id: z.int(),
  /** Milliseconds since the epoch. */
  at: z.int(),
  author: z.enum(['installer', 'bot', 'agent']),
  agentName: z.nullable(z.string()),
  /** The language the line is written in; its drawings are in the same. */
  language: z.enum(['vi', 'en']),
  shown: z.object({
    text: z.string(),
    choices: z.array(
      z.object({
        token: z.string(),
        label: z.string(),
        style: z.optional(z.enum(['primary', 'danger'])),
      }),
    ),
    pictures: z.array(z.object({ name: z.string(), alt: z.string() })),
    step: z.optional(z.object({ at: z.int(), of: z.int() })),
    caseId: z.optional(z.string()),
    /** Has a covered link code: the page gets one of its own. */
    linkCode: z.optional(z.boolean()),
    /** Of an agent: `/api/chat/files/<blobId>`. */
    file: z.optional(z.object({ blobId: z.string(), name: z.string(), size: z.int() })),
  }),
  /** Blob ids: `/api/chat/photos/<id>`. */
  photos: z.array(z.string()),
  delivery: z.enum(['due', 'sent', 'failed']),
});
export type Line = z.infer<typeof LineSchema>;

/** Data of `event: gone`: a line was shown and does not hold any more. */
export const GoneSchema = z.object({ id: z.int() });

/** Answer of GET /api/chat/cases/:caseId: one's own case. */
export const CaseAnswerSchema = z.object({
  caseId: z.string(),
  number: z.string(),
  serial: z.string(),
  status: z.enum(['submitted', 'inReview', 'needsInfo', 'unbound', 'rejected', 'cancelled']),
  /** The promise, in milliseconds since the epoch. */
  answerBy: z.int(),
  /** What became of it, oldest first. */
  steps: z.array(
    z.object({
      status: z.enum(['submitted', 'inReview', 'needsInfo', 'unbound', 'rejected', 'cancelled']),
      at: z.int(),
    }),
  ),
  /** The server's clock, for counting down on a device whose own is wrong. */
  now: z.int(),
});
export type CaseAnswer = z.infer<typeof CaseAnswerSchema>;

/** Answer of GET /api/chat/push: the key that a subscription has to name. */
export const PushAnswerSchema = z.object({ publicKey: z.string() });
export type PushAnswer = z.infer<typeof PushAnswerSchema>;

const messenger = z.enum(['telegram', 'zalo-oa', 'zalo-bot', 'teams']);
export type Messenger = z.infer<typeof messenger>;

/** Answer of GET /api/chat/link: messengers that can be linked, and those that are. */
export const LinksAnswerSchema = z.object({
  offered: z.array(messenger),
  linked: z.array(messenger),
});
export type LinksAnswer = z.infer<typeof LinksAnswerSchema>;

/** Answer of POST /api/chat/link. */
export const LinkCodeAnswerSchema = z.object({
  /** In threes. */
  code: z.string(),
  /** For how long it holds, in milliseconds from now. */
  holds: z.int(),
  targets: z.array(
    z.object({
      channel: messenger,
      /** Opens the chat, in the messenger or on its web page. */
      url: z.string(),
      /** The address brings the code along; otherwise the person sends it. */
      carriesCode: z.boolean(),
      /** The address as a QR code of `size` by `size` modules: a path of SVG. */
      qr: z.object({ size: z.int(), path: z.string() }),
    }),
  ),
});
export type LinkCodeAnswer = z.infer<typeof LinkCodeAnswerSchema>;

/** Answer to a message that was kept. `known`: it was kept before, and its line has been shown. */
export const KeptAnswerSchema = z.object({ known: z.boolean() });
export type KeptAnswer = z.infer<typeof KeptAnswerSchema>;

/** Answer of POST /api/chat/session. */
export const SessionAnswerSchema = z.object({ language: z.enum(['vi', 'en']) });

/** Every answer that is not a success. The message is a sentence that says what to do, in the person's language. */
export const TroubleAnswerSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});
