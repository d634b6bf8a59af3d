import { GrammyError } from 'grammy';
import { troubleOf } from '../channels/telegram/trouble.ts';

/** Why a call to the group did not do what it should. `why` holds no token and no person's text. */
export interface ForumTrouble {
  kind: /** The topic was deleted. */
    | 'noTopic'
    /** The topic is closed, and this bot may not write there. */
    | 'closed'
    /** It is so already, or what should change is gone. */
    | 'same'
    /** The group has another number now: `movedTo`. */
    | 'moved'
    /** What only an operator can mend: topics are off, or the bot lacks a right. */
    | 'setUp'
    /** Telegram will never do this. */
    | 'refused'
    /** Another time it may be done, or it may have been done. */
    | 'later';
  why: string;
  waitMs: number | null;
  movedTo?: number;
}

// Telegram's words; the Bot API has no codes for these.
const NO_TOPIC = /message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/i;
const CLOSED = /TOPIC_CLOSED/i;
const SAME =
  /TOPIC_NOT_MODIFIED|message is not modified|message to edit not found|MESSAGE_ID_INVALID|message can't be edited/i;
const SET_UP =
  /not a forum|CHANNEL_FORUM_MISSING|not enough rights|CHAT_ADMIN_REQUIRED|administrator rights|chat not found|not a member|have no rights/i;

/** What an error of grammY means for the group. The error itself is never logged. */
export function forumTroubleOf(error: unknown): ForumTrouble {
  const { kind, why, waitMs } = troubleOf(error);
  const base = { why, waitMs };
  if (!(error instanceof GrammyError)) return { ...base, kind: 'later' };
  const { description, parameters } = error;
  const movedTo = parameters.migrate_to_chat_id;
  if (movedTo !== undefined) return { ...base, kind: 'moved', movedTo };
  if (NO_TOPIC.test(description)) return { ...base, kind: 'noTopic' };
  if (CLOSED.test(description)) return { ...base, kind: 'closed' };
  if (SAME.test(description)) return { ...base, kind: 'same' };
  if (SET_UP.test(description) || kind === 'token' || kind === 'unreachable') {
    return { ...base, kind: 'setUp' };
  }
  return { ...base, kind: kind === 'refused' ? 'refused' : 'later' };
}
