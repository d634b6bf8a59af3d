import type { InlineKeyboardButton } from 'grammy/types';
import { isLasting } from '../../dialogue/token.ts';
import type { Rendered } from '../../words/words.ts';
import type { Callback } from './update.ts';

/** Telegram takes 4096 after its entities are read; the name and the step are added to it. */
export const MOST_TEXT = 3_900;
/** Bytes. */
const MOST_CALLBACK_DATA = 64;
/** Labels up to this long share a row of a phone's width. */
const SHORT_LABEL = 14;

export type Keyboard = { inline_keyboard: InlineKeyboardButton[][] };

/** Text as HTML: nothing a person wrote becomes an entity. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * The reply's buttons, two short ones in a row. A token goes out as it is: what it may still do is
 * decided by the conversation in the store, which knows its form, slot and revision.
 */
export function keyboardOf({ choices }: Pick<Rendered, 'choices'>): Keyboard | null {
  const buttons = choices
    .filter(({ token }) => Buffer.byteLength(token) <= MOST_CALLBACK_DATA)
    .map(({ token, label, style }) => ({
      text: label,
      callback_data: token,
      ...(style ? { style } : {}),
    }));
  if (buttons.length === 0) return null;
  const rows: InlineKeyboardButton[][] = [];
  for (const button of buttons) {
    const row = rows.at(-1);
    const [first, second] = row ?? [];
    const fits =
      first && !second && [first, button].every(({ text }) => text.length <= SHORT_LABEL);
    if (row && fits) row.push(button);
    else rows.push([button]);
  }
  return { inline_keyboard: rows };
}

/**
 * A keyboard of which a button was pressed: what could be pressed once is gone, what means the same
 * at every time stays. Null when nothing changes.
 */
export function keyboardAfter(callback: Callback): Keyboard | null {
  const rows = callback.message?.reply_markup?.inline_keyboard ?? [];
  if (isLasting(callback.data ?? '')) return null;
  const left = rows
    .map((row) =>
      row.flatMap(({ text, callback_data: data }) =>
        data !== undefined && isLasting(data) ? [{ text, callback_data: data }] : [],
      ),
    )
    .filter((row) => row.length > 0);
  return left.flat().length === rows.flat().length ? null : { inline_keyboard: left };
}

/** The label of the button that was pressed. */
export function labelOf({ message, data }: Callback): string | undefined {
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
  return buttons.find((button) => button.callback_data === data)?.text;
}
