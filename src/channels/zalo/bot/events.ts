import type { Event, Untaken } from '../../../dialogue/event.ts';
import { cutText } from '../../cut-text.ts';
import type { Message, Update } from './update.ts';

type Base = Pick<Event, 'eventId' | 'at' | 'chatId'> & { channel: 'zalo-bot' };

/** Longest address of a photo that is kept until it is fetched. */
const LONGEST_ADDRESS = 2048;

/** Zalo does not mark albums: photos that come close together are one. */
const ALBUM = 'together';

const UNTAKEN: Readonly<Record<string, Untaken>> = {
  'message.sticker.received': 'sticker',
  'message.voice.received': 'voice',
  // A file, a video, a place, a card, or anything of a person whom Zalo protects.
  'message.unsupported.received': 'notHandedOver',
};

/**
 * The event that an update makes; null for one that says nothing to a conversation.
 * @param botId keeps the messages of two bots apart
 */
export function eventOf({ event_name: name, message }: Update, botId: string, at: number) {
  if (!message || message.from?.is_bot) return null;
  const base: Base = {
    eventId: `${botId}:${message.message_id}`,
    at,
    channel: 'zalo-bot',
    chatId: message.chat.id,
  };
  return said(name, message, base);
}

function said(name: string, message: Message, base: Base): Event | null {
  if (name === 'message.image.received') return photo(message, base);
  if (message.text !== undefined) return { ...base, type: 'text', ...cutText(message.text) };
  const what = UNTAKEN[name];
  return what ? { ...base, type: 'unsupported', what } : null;
}

function photo({ photo_url, photo: documented, caption }: Message, base: Base): Event {
  const ref = photo_url ?? documented ?? '';
  if (ref === '' || ref.length > LONGEST_ADDRESS) {
    return { ...base, type: 'unsupported', what: 'notArrived' };
  }
  return {
    ...base,
    type: 'attached',
    files: [{ ref, kind: 'photo' }],
    album: ALBUM,
    ...(caption ? { caption: cutText(caption).text } : {}),
  };
}
