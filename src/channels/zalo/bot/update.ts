import { z } from 'zod';

// What is read of an update. The documentation wraps it as `{ ok, result }` and calls a photo's
// address `photo`; what arrives is flat and says `photo_url`. Both are read.

const MessageSchema = z.object({
  message_id: z.string().min(1).max(150),
  from: z
    .object({
      is_bot: z.boolean().optional(),
      display_name: z.string().optional().catch(undefined),
    })
    .optional(),
  chat: z.object({ id: z.string().min(1).max(200), chat_type: z.string().optional() }),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.string().optional(),
  photo_url: z.string().optional(),
});
export type Message = z.infer<typeof MessageSchema>;

const FlatSchema = z.object({
  event_name: z.string(),
  /** Missing where Zalo protects the person. */
  message: MessageSchema.optional(),
});
export type Update = z.infer<typeof FlatSchema>;

export const UpdateSchema = z.union([
  FlatSchema,
  z.object({ result: FlatSchema }).transform(({ result }) => result),
]);
