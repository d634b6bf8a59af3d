import type { InlineKeyboardButton } from 'grammy/types';
import type { Room } from './room.ts';
import type { ForumTrouble } from './trouble.ts';

/** It did not work now: what came from the group is dealt with again later. */
export class TryAgain extends Error {
  readonly waitMs: number;

  constructor(why: string, waitMs = 0) {
    super(why);
    this.name = 'TryAgain';
    this.waitMs = waitMs;
  }
}

/** Where an answer stands: the topic, or the group's first one, and under which message. */
export interface Place {
  threadId: number | undefined;
  messageId: number;
}

/**
 * Answers somebody in the group, at once: what is mirrored leaves room for it.
 * @returns the message's id; null when it cannot be said, as in a topic that is gone
 * @throws TryAgain
 */
export async function answer(
  { group }: Room,
  { threadId, messageId }: Place,
  html: string,
  more: { rows?: InlineKeyboardButton[][]; wantsReply?: true } = {},
): Promise<number | null> {
  const markup = more.wantsReply
    ? { reply_markup: { force_reply: true as const, selective: true } }
    : more.rows
      ? { reply_markup: { inline_keyboard: more.rows } }
      : {};
  const called = await group.call(1, (api, chat) =>
    api.sendMessage(chat, html, {
      parse_mode: 'HTML',
      reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
      ...(threadId === undefined ? {} : { message_thread_id: threadId }),
      ...markup,
    }),
  );
  if ('result' in called) return called.result.message_id;
  return passing(called.trouble) ? Promise.reject(again(called.trouble)) : null;
}

/** Says something over the pressed button. Telegram forgets presses soon, and nobody waits for it. */
export async function toast(
  { group }: Room,
  queryId: string,
  text: string,
  alert = false,
): Promise<void> {
  // 200 characters at most.
  const shown = { text: [...text].slice(0, 190).join(''), show_alert: alert };
  await group.call(0, (api) => api.answerCallbackQuery(queryId, shown));
}

function passing({ kind }: ForumTrouble): boolean {
  return kind === 'later' || kind === 'moved' || kind === 'setUp';
}

function again({ why, waitMs }: ForumTrouble): TryAgain {
  return new TryAgain(why, waitMs ?? 0);
}
