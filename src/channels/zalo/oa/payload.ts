import { z } from 'zod';

// What is read of an event, by Zalo's own names. Zalo adds fields and events at any time. Ids are
// strings: as numbers they would lose their last digits.

const Id = z.string().min(1).max(100);
/** What is of no use is as good as missing: a person's message is not lost for a field beside it. */
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const text = optional(z.string());

const AttachmentSchema = z.object({
  type: z.string(),
  /** `size`: bytes, in decimal. */
  payload: optional(z.object({ url: text, name: text, size: text })),
});
export type Attachment = z.infer<typeof AttachmentSchema>;

const MessageSchema = z.object({
  msg_id: optional(Id),
  text,
  attachments: optional(z.array(AttachmentSchema)),
});

export const OaEventSchema = z.object({
  event_name: z.string().max(60),
  timestamp: z.string().regex(/^\d{1,16}$/),
  sender: z.object({ id: Id, admin_id: optional(Id) }).optional(),
  recipient: optional(z.object({ id: Id })),
  follower: optional(z.object({ id: Id })),
  user_id: optional(Id),
  message: optional(MessageSchema),
  info: optional(z.object({ phone: optional(z.union([z.string(), z.number()])) })),
});
export type OaEvent = z.infer<typeof OaEventSchema>;

/** All that must be known of a body before its signature is checked. */
export const SignedSchema = z.object({ timestamp: z.string().max(20) });
