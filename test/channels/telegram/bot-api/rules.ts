import { z } from 'zod';
import { textOfHtml } from './html.ts';
import { badRequest } from './refusal.ts';

const style = z.enum(['primary', 'danger', 'success']).optional();
const ButtonSchema = z.union([
  z.strictObject({ text: z.string(), callback_data: z.string(), style }),
  z.strictObject({ text: z.string(), url: z.string(), style }),
]);
/** Asks for an answer instead of showing buttons. */
const ForceReplySchema = z.strictObject({
  force_reply: z.literal(true),
  selective: z.boolean().optional(),
});
/** Telegram links to nowhere on the reader's own machine. */
const LINK = /^(?:https?:\/\/(?!localhost|127\.)[^/]+\.|tg:\/\/)/;
const KeyboardSchema = z.object({ inline_keyboard: z.array(z.array(ButtonSchema)) });
export type Keyboard = z.infer<typeof KeyboardSchema>;

/** @throws Refusal for what Telegram would not show */
export function keyboardIn(markup: unknown): Keyboard | null {
  if (markup === undefined) return null;
  const given: unknown = typeof markup === 'string' ? JSON.parse(markup) : markup;
  if (ForceReplySchema.safeParse(given).success) return null;
  const parsed = KeyboardSchema.safeParse(given);
  if (!parsed.success) throw badRequest("can't parse inline keyboard button");
  const rows = parsed.data.inline_keyboard;
  for (const button of rows.flat()) {
    if (button.text.trim() === '') {
      throw badRequest('Text buttons are unallowed in the inline keyboard');
    }
    if ('url' in button) {
      const { url } = button;
      if (LINK.test(url)) continue;
      throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    }
    const bytes = Buffer.byteLength(button.callback_data);
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
  }
  if (rows.some((row) => row.length > 8) || rows.flat().length > 100) {
    throw badRequest('BUTTON_INVALID');
  }
  return rows.flat().length === 0 ? null : parsed.data;
}

/** @throws Refusal for an empty or too long text, or one whose entities are broken */
export function textIn(text: unknown, parseMode: unknown): string {
  const given = z.string().catch('').parse(text);
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(given)) {
    throw badRequest('strings must be encoded in UTF-8');
  }
  const shown = parseMode === 'HTML' ? textOfHtml(given) : given;
  if (shown.trim() === '') throw badRequest('message text is empty');
  if (shown.length > 4096) throw badRequest('message is too long');
  return shown;
}

export function captionIn(caption: unknown, parseMode?: unknown): string {
  const given = z.string().catch('').parse(caption);
  const shown = parseMode === 'HTML' ? textOfHtml(given) : given;
  if (shown.length > 1024) throw badRequest('message caption is too long');
  return shown;
}
