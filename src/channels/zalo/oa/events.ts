import type { AttachedFile, Event, Untaken } from '../../../dialogue/event.ts';
import { cutText } from '../../cut-text.ts';
import { cleanPhone } from '../phone.ts';
import type { Choices } from './choices.ts';
import type { Attachment, OaEvent } from './payload.ts';

/** What an event of Zalo is for this assistant. */
export type Told =
  | { as: 'event'; event: Event }
  /** The person shared a phone number. */
  | { as: 'phone'; userId: string; phone: string }
  /** The person wants their data deleted. */
  | { as: 'withdrawal'; userId: string }
  /** Somebody of the office wrote in Zalo's own chat tool. */
  | { as: 'human'; userId: string; adminId: string; eventId: string }
  /** A visitor without a Zalo account, whom nobody can answer here. */
  | { as: 'anonymous' }
  | { as: 'nothing' };

/** Zalo delivers the pictures of an album one by one and names no album: they are told by time. */
const ALBUM = 'zalo';
const MOST_REF = 2048;

const UNTAKEN: Readonly<Record<string, Untaken>> = {
  audio: 'voice',
  video: 'video',
  sticker: 'sticker',
  gif: 'sticker',
  location: 'location',
  business_card: 'contact',
};

/** @param at when it came here: Zalo delivers again for hours, and a turn's clock never goes back */
export function told(event: OaEvent, choices: Choices, at: number): Told {
  const { event_name: name, sender, recipient } = event;
  if (name.startsWith('anonymous_')) return { as: 'anonymous' };
  if (name === 'follow' || name === 'user_click_chatnow') return opened(event, at);
  if (name === 'user_withdraw') {
    return event.user_id ? { as: 'withdrawal', userId: event.user_id } : { as: 'nothing' };
  }
  if (name === 'user_submit_info') {
    const phone = cleanPhone(String(event.info?.phone ?? ''));
    return sender && phone ? { as: 'phone', userId: sender.id, phone } : { as: 'nothing' };
  }
  if (name.startsWith('oa_send_') && sender?.admin_id && recipient) {
    const { admin_id: adminId } = sender;
    return { as: 'human', userId: recipient.id, adminId, eventId: eventIdOf(event) };
  }
  if (name.startsWith('user_send_') && sender)
    return { as: 'event', event: said(event, choices, at) };
  return { as: 'nothing' };
}

function opened(event: OaEvent, at: number): Told {
  const userId = event.follower?.id ?? event.user_id;
  if (!userId) return { as: 'nothing' };
  return { as: 'event', event: { ...baseOf(event, userId, at), type: 'opened' } };
}

/** The message's id where there is one: deliveries of one message share it, whatever else differs. */
function eventIdOf({ event_name: name, message, timestamp, ...who }: OaEvent): string {
  if (message?.msg_id) return `m:${message.msg_id}`;
  const id = who.follower?.id ?? who.user_id ?? who.sender?.id ?? '';
  return `${name}:${id}:${timestamp}`;
}

function baseOf(event: OaEvent, userId: string, at: number) {
  return { eventId: eventIdOf(event), at, channel: 'zalo-oa' as const, chatId: userId };
}

function said(event: OaEvent, choices: Choices, at: number): Event {
  const userId = event.sender?.id ?? '';
  const base = baseOf(event, userId, at);
  const text = event.message?.text ?? '';
  const attachments = event.message?.attachments ?? [];
  const untaken = attachments.map(({ type }) => UNTAKEN[type]).find(Boolean);
  if (untaken) return { ...base, type: 'unsupported', what: untaken };
  const files = attachments.flatMap(fileOf).slice(0, 10);
  if (files.length > 0) {
    const photos = files.some(({ kind }) => kind === 'photo');
    return {
      ...base,
      type: 'attached',
      files,
      ...(text ? { caption: cutText(text).text } : {}),
      ...(photos ? { album: ALBUM } : {}),
    };
  }
  if (text === '') return { ...base, type: 'unsupported', what: whatElse(event) };
  const token = choices.tokenIn(userId, text.trim());
  if (token !== null) return { ...base, type: 'choice', token };
  return { ...base, type: 'text', ...cutText(text) };
}

/** A kind that is known by the event's name only, or not at all. */
function whatElse({ event_name: name }: OaEvent): Untaken {
  const kind = name.slice('user_send_'.length);
  if (kind === 'image' || kind === 'file') return 'notArrived';
  return UNTAKEN[kind] ?? 'other';
}

function fileOf({ type, payload }: Attachment): AttachedFile[] {
  if (type !== 'image' && type !== 'file') return [];
  const { url, name, size } = payload ?? {};
  if (!url || url.length > MOST_REF) return [];
  const bytes = size && /^\d{1,15}$/.test(size) ? Number(size) : undefined;
  return [
    {
      ref: url,
      kind: type === 'image' ? 'photo' : 'file',
      ...(name ? { name: name.slice(-300) } : {}),
      ...(bytes === undefined ? {} : { size: bytes }),
    },
  ];
}
