import type { AttachedFile, Event, Language, Untaken } from '../../dialogue/event.ts';
import { cutText } from '../cut-text.ts';
import type { Message, Update } from './update.ts';

type Base = Pick<Event, 'eventId' | 'at' | 'chatId'> & { channel: 'telegram' };

const UNTAKEN: readonly (readonly [what: Untaken, fields: readonly (keyof Message)[]])[] = [
  ['voice', ['voice', 'audio']],
  // A GIF is told as a document beside.
  ['video', ['video', 'video_note', 'animation', 'live_photo']],
  ['sticker', ['sticker']],
  // A venue is told as a location beside.
  ['location', ['venue', 'location']],
  ['contact', ['contact']],
  ['other', ['poll', 'dice', 'game', 'story', 'paid_media', 'checklist']],
];

/**
 * The event that an update of a private chat makes; null for one that says nothing to a
 * conversation (a pinned message, somebody who unblocks the bot).
 *
 * @param botId keeps updates of two bots apart, which count them alike
 */
export function eventOf(update: Update, botId: string, at: number): Event | null {
  const { callback_query: callback, message, edited_message: edited } = update;
  const eventId = `${botId}:${update.update_id}`;
  if (callback) {
    const chatId = callback.message?.chat.id ?? callback.from.id;
    const base: Base = { eventId, at, channel: 'telegram', chatId: String(chatId) };
    // A token that is too long was not written here; what is left of it is no token either.
    return { ...base, type: 'choice', token: (callback.data ?? '').slice(0, 64) };
  }
  const told = message ?? edited;
  if (!told || told.from?.is_bot) return null;
  const base: Base = { eventId, at, channel: 'telegram', chatId: String(told.chat.id) };
  return edited ? editOf(edited, base) : messageOf(told, base);
}

/** Only texts are corrected by an edit; a caption's photo has been read already. */
function editOf(message: Message, base: Base): Event | null {
  const { text } = message;
  if (text === undefined) return null;
  const messageId = String(message.message_id);
  return { ...base, type: 'text', ...cutText(text), messageId, edited: true };
}

/** What a message says; null for one by which Telegram tells of the chat itself. */
export function messageOf(message: Message, base: Base): Event | null {
  const { text } = message;
  if (text !== undefined) {
    const start = /^\/start(?:@\w+)?(?:\s+(?<payload>\S+))?\s*$/i.exec(text);
    if (start) return openedBy(message, start.groups?.payload, base);
    return { ...base, type: 'text', ...cutText(text), messageId: String(message.message_id) };
  }
  const what = UNTAKEN.find(([, fields]) => fields.some((field) => message[field] !== undefined));
  if (what) return { ...base, type: 'unsupported', what: what[0] };
  const file = fileOf(message);
  if (file === null) return null;
  if (typeof file === 'string') return { ...base, type: 'unsupported', what: file };
  return {
    ...base,
    type: 'attached',
    files: [file],
    ...(message.caption ? { caption: cutText(message.caption).text } : {}),
    ...(message.media_group_id ? { album: message.media_group_id } : {}),
  };
}

function openedBy(message: Message, payload: string | undefined, base: Base): Event {
  const code = message.from?.language_code ?? '';
  const language: Language = /^en\b/i.test(code) ? 'en' : 'vi';
  const caseRef = /^case_([\w-]{1,90})$/.exec(payload ?? '')?.[1];
  const linkCode = /^link_([A-Z]{1,20})$/.exec(payload ?? '')?.[1];
  return {
    ...base,
    type: 'opened',
    language,
    ...(caseRef ? { caseRef } : {}),
    ...(linkCode ? { linkCode } : {}),
  };
}

/** The file of a message: the largest size of a photo, or the document; null when there is none. */
function fileOf({ photo, document }: Message): AttachedFile | Untaken | null {
  const largest = photo?.at(-1);
  if (largest) return { ref: largest.file_id, kind: 'photo', ...sizeOf(largest.file_size) };
  if (!document) return null;
  const { file_id: ref, file_name: name, mime_type: mime = '', file_size: size } = document;
  if (mime.startsWith('audio/')) return 'voice';
  if (mime.startsWith('video/')) return 'video';
  return {
    ref,
    kind: mime.startsWith('image/') ? 'photo' : 'file',
    ...(name ? { name: name.slice(-300) } : {}),
    ...sizeOf(size),
  };
}

function sizeOf(size: number | undefined): { size?: number } {
  return size === undefined ? {} : { size };
}
