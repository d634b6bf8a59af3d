import { z } from 'zod';
import type { ForumTopicRow } from '../store/contract.ts';

const TopicStateSchema = z.object({
  /** As it was named last. */
  name: z.string().default(''),
  closed: z.boolean().default(false),
  /** The message whose buttons are in force, and what they offer. */
  card: z.object({ messageId: z.number(), shows: z.string() }).nullable().default(null),
  /** What was last said of the open cases. */
  cases: z.string().default(''),
  /** Lines that an agent wrote in the topic itself: they are not told there again. */
  own: z.array(z.number()).default([]),
  /** Lines that were told while they were on their way. */
  unsettled: z.array(z.number()).default([]),
  /** Photos that have to be shown, masked, and since when. */
  photos: z.array(z.object({ blobId: z.string(), since: z.number() })).default([]),
  /** The message to which an agent answers with the reason of a refusal. */
  asked: z
    .object({ messageId: z.number(), caseId: z.string(), revision: z.number() })
    .nullable()
    .default(null),
});
export type TopicState = z.infer<typeof TopicStateSchema>;

/** A topic as the forum works with it. */
export interface Topic extends Pick<ForumTopicRow, 'conversationId' | 'lineId'> {
  threadId: number;
  state: TopicState;
}

/** What cannot be read any more begins anew: nothing of it is more than convenience. */
export function readTopicState(text: string): TopicState {
  const parsed = TopicStateSchema.safeParse(JSON.parse(text));
  return parsed.data ?? TopicStateSchema.parse({});
}
