import { z } from 'zod';

// What is read of an event, by Zalo's own names. Zalo adds fields and events at any time. Ids are
// strings: as numbers they would lose their last digits.

const Id = z.string().min(1).max(100);
const optionalText = z.string().optional();

const AttachmentSchema = z.object({
  type: z.string(),
  payload: z
    .object({
      url: optionalText,
      name: optionalText,
      /** Bytes, in decimal. */
      size: z.string().optional().catch(undefined),
    })
    .optional(),
});
export type Attachment = z.infer<typeof AttachmentSchema>;

const MessageSchema = z.object({
  msg_id: Id.optional(),
  text: optionalText,
  attachments: z.array(AttachmentSchema).max(50).optional(),
});

export const OaEventSchema = z.object({
  event_name: z.string().max(100),
  timestamp: z.string().regex(/^\d{1,16}$/),
  sender: z.object({ id: Id, admin_id: Id.optional() }).optional(),
  recipient: z.object({ id: Id }).optional(),
  follower: z.object({ id: Id }).optional(),
  user_id: Id.optional(),
  message: MessageSchema.optional(),
  info: z.object({ phone: z.string().max(40).optional() }).optional(),
});
export type OaEvent = z.infer<typeof OaEventSchema>;

/** All that must be known of a body before its signature is checked. */
export const SignedSchema = z.object({ timestamp: z.string().max(20) });
