import * as z from 'zod/mini';

/** Data of the stream's `writing`: a colleague writes in this conversation. */
export const WritingSchema = z.object({
  conversationId: z.string(),
  agentId: z.string(),
  name: z.string(),
});
export type Writing = z.infer<typeof WritingSchema>;

/** Data of the stream's `typing`: the installer writes in this conversation. */
export const TypingSchema = z.object({ conversationId: z.string() });

/** Data of the stream's `changed`: something about this conversation or its cases is new. */
export const ChangedSchema = z.object({ conversationId: z.string() });
