import type { Event } from '../dialogue/event.ts';
import type { Decided, Loaded } from './contract.ts';

const LAST_TEXT = 200;

/** The beginning of a text, not cut within a character. */
function beginning(text: string): string {
  return text.length <= LAST_TEXT ? text : text.slice(0, LAST_TEXT).replace(/[\uD800-\uDBFF]$/, '');
}

/** What lists show of a conversation after this turn, or null when the turn showed nothing. */
export function lastTextOf({ heardShown, sendsShown }: Decided): string | null {
  const last = sendsShown.at(-1) ?? heardShown;
  return last && beginning(last.text || (last.file?.name ?? ''));
}

/**
 * Whether replies of the bot that have failed so far and would come late are cancelled by this turn:
 * when it answers anew, and when the conversation changes hands.
 */
export function supersedes(loaded: Loaded, { conversation, effects }: Decided): boolean {
  const epoch = loaded.conversation?.owner.epoch ?? conversation.owner.epoch;
  return (
    conversation.owner.epoch !== epoch ||
    effects.some((effect) => effect.kind === 'send' && !effect.push && !effect.agent)
  );
}

/** Photos and files that this event makes the conversation's own. */
export function blobsOf(event: Event): readonly string[] {
  if (event.type === 'photos') return event.blobIds;
  if (event.type !== 'agentActed') return [];
  return [event.photo, event.file?.blobId].filter((id) => id !== undefined);
}
