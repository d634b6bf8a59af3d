import { type Conversation, ConversationSchema } from '../dialogue/conversation.ts';
import type { Loaded } from './contract.ts';
import { StoreError } from './errors.ts';

/**
 * A conversation as it was stored.
 * @throws StoreError `damaged`
 */
export function parseConversation(state: string): Conversation {
  const parsed = ConversationSchema.safeParse(JSON.parse(state));
  if (parsed.success) return parsed.data;
  // The issues name places, the error would quote nothing else of what a person said.
  const places = parsed.error.issues.map((issue) => issue.path.join('.')).slice(0, 5);
  throw new StoreError(
    'damaged',
    `A stored conversation does not fit this version (at ${places.join(', ')}).`,
  );
}

/** One conversation that cannot be read must not hold up those that share its transaction. */
export function readConversation(state: string): Pick<Loaded, 'conversation' | 'damaged'> {
  try {
    return { conversation: parseConversation(state), damaged: null };
  } catch (error) {
    return { conversation: null, damaged: error instanceof Error ? error.message : 'damaged' };
  }
}
