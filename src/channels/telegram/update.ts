import { z } from 'zod';

// What is read of an update, by the Bot API's own names. Telegram adds fields at any time.

const there = z.unknown().optional();

/** What is of no use is as good as missing: no message is lost for a name. */
const name = z.string().optional().catch(undefined);
const names = { first_name: name, last_name: name, username: name };

const MessageSchema = z.object({
  message_id: z.number().int(),
  chat: z.object({ id: z.number().int(), type: z.string() }),
  from: z
    .object({
      id: z.number().int().optional(),
      is_bot: z.boolean().optional(),
      language_code: z.string().optional(),
      ...names,
    })
    .optional(),
  /** In a group with topics: where it stands, and what it answers to. */
  message_thread_id: z.number().int().optional(),
  reply_to_message: z.object({ message_id: z.number().int() }).optional(),
  forum_topic_closed: there,
  forum_topic_reopened: there,
  /** The group is another chat from now on. */
  migrate_to_chat_id: z.number().int().optional(),
  media_group_id: z.string().max(100).optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z
    .array(z.object({ file_id: z.string().max(512), file_size: z.number().int().optional() }))
    .optional(),
  document: z
    .object({
      file_id: z.string().max(512),
      file_name: z.string().optional(),
      mime_type: z.string().optional(),
      file_size: z.number().int().optional(),
    })
    .optional(),
  voice: there,
  audio: there,
  video: there,
  video_note: there,
  animation: there,
  live_photo: there,
  sticker: there,
  location: there,
  venue: there,
  contact: there,
  poll: there,
  dice: there,
  game: there,
  story: there,
  paid_media: there,
  checklist: there,
});
export type Message = z.infer<typeof MessageSchema>;

const ButtonSchema = z.object({ text: z.string(), callback_data: z.string().optional() });

const CallbackSchema = z.object({
  id: z.string(),
  from: z.object({ id: z.number().int(), ...names }),
  data: z.string().optional(),
  message: z
    .object({
      message_id: z.number().int(),
      chat: z.object({ id: z.number().int(), type: z.string() }),
      message_thread_id: z.number().int().optional(),
      reply_markup: z.object({ inline_keyboard: z.array(z.array(ButtonSchema)) }).optional(),
    })
    .optional(),
});
export type Callback = z.infer<typeof CallbackSchema>;

export const UpdateSchema = z.object({
  update_id: z.number().int(),
  message: MessageSchema.optional(),
  edited_message: MessageSchema.optional(),
  callback_query: CallbackSchema.optional(),
  my_chat_member: z
    .object({
      chat: z.object({ id: z.number().int(), type: z.string() }),
      new_chat_member: z.object({ status: z.string() }),
    })
    .optional(),
});
export type Update = z.infer<typeof UpdateSchema>;

/** Kinds that Telegram is asked for. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const;
