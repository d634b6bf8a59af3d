import type { InlineKeyboardButton } from 'grammy/types';
import type { Room } from './room.ts';
import type { Topic } from './topic-state.ts';
import type { ForumTrouble } from './trouble.ts';

/**
 * Says this in a topic, with the buttons under the last message.
 * @returns that message's id, or what went wrong
 */
export async function say(
  room: Room,
  { threadId }: Topic,
  messages: readonly string[],
  rows: InlineKeyboardButton[][],
): Promise<number | ForumTrouble> {
  let last = 0;
  for (const [index, html] of messages.entries()) {
    const isLast = index === messages.length - 1;
    const called = await room.group.call(1, (api, chat) =>
      api.sendMessage(chat, html, {
        message_thread_id: threadId,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(isLast ? { reply_markup: { inline_keyboard: rows } } : {}),
      }),
    );
    if ('trouble' in called) return called.trouble;
    last = called.result.message_id;
  }
  return last;
}
