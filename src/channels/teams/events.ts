import { createHash } from 'node:crypto';
import { type AttachedFile, type Event, MAX_ALBUM, type Untaken } from '../../dialogue/event.ts';
import { cutText } from '../cut-text.ts';
import {
  type Activity,
  type Attachment,
  DownloadInfoSchema,
  languageOf,
  pressedIn,
  textOf,
} from './activity.ts';

type Base = Pick<Event, 'eventId' | 'at' | 'chatId'> & { channel: 'teams' };

/** How a file is fetched; kept sealed until it is. */
export interface FileLink {
  ref: string;
  url: string;
  /** `token`: with the bot's own token, as Teams keeps inline pictures. */
  by: 'link' | 'token';
}

export interface Understood {
  events: Event[];
  links: FileLink[];
}

const NOTHING: Understood = { events: [], links: [] };
const DOWNLOAD_INFO = 'application/vnd.microsoft.teams.file.download.info';
const PICTURES = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'bmp', 'heic', 'heif', 'tif', 'tiff'];
const SOUNDS = ['mp3', 'm4a', 'wav', 'ogg', 'aac', 'amr'];
const VIDEOS = ['mp4', 'mov', 'avi', 'mkv', 'webm', '3gp'];
/** Beside a message, and no part of it: the same words as HTML, and what it replies to. */
const BESIDE = ['text/html', 'messageReference'];

/**
 * What an activity of a personal chat says to a conversation; nothing for one that says nothing (a
 * reaction, a deletion).
 *
 * Ids of activities count within their conversation only, so that the conversation is part of the
 * event's id.
 */
export function eventsOf(activity: Activity, at: number): Understood {
  const { type, id, conversation, timestamp, membersAdded, recipient, channelData } = activity;
  const chat = shortHash(conversation.id);
  // An edit comes under the id of the message that it changes.
  const edited = type === 'messageUpdate';
  const eventId = `${chat}:${id}${edited ? `:${timestamp ?? at}` : ''}`;
  const base: Base = { eventId, at, channel: 'teams', chatId: conversation.id };
  const pressed = pressedIn(activity);
  if (pressed) return only({ ...base, type: 'choice', token: pressed.token });
  if (type === 'message') return messageOf(activity, base);
  if (edited && channelData?.eventType === 'editMessage') {
    const text = textOf(activity);
    if (text === '') return NOTHING;
    return only({ ...base, type: 'text', ...cutText(text), messageId: id, edited: true });
  }
  if (type === 'conversationUpdate' && membersAdded?.some((one) => one.id === recipient.id)) {
    return only({ ...base, type: 'opened', language: languageOf(activity) });
  }
  return NOTHING;
}

function only(event: Event): Understood {
  return { events: [event], links: [] };
}

function messageOf(activity: Activity, base: Base): Understood {
  const text = textOf(activity);
  const attachments = (activity.attachments ?? []).filter(
    ({ contentType }) => !BESIDE.includes(contentType),
  );
  if (attachments.length === 0) {
    if (text === '') return only({ ...base, type: 'unsupported', what: 'other' });
    return only({ ...base, type: 'text', ...cutText(text), messageId: activity.id });
  }
  const found = attachments.map((one, nth) => fileOf(one, shortHash(`${base.eventId}:${nth}`)));
  const files = found.filter((one) => typeof one !== 'string');
  const [refused] = found.filter((one) => typeof one === 'string');
  const taken = files.slice(0, MAX_ALBUM);
  const what: Untaken | undefined = files.length > taken.length ? 'tooManyPhotos' : refused;
  const events: Event[] = [];
  if (taken.length > 0) {
    const caption = text === '' ? {} : { caption: cutText(text).text };
    events.push({ ...base, type: 'attached', files: taken.map(({ file }) => file), ...caption });
  } else if (text !== '') {
    events.push({ ...base, type: 'text', ...cutText(text), messageId: activity.id });
  }
  if (what) events.push({ ...base, eventId: `${base.eventId}:rest`, type: 'unsupported', what });
  return { events, links: taken.map(({ link }) => link) };
}

/** A file and how it is fetched, or why it cannot be taken. */
function fileOf(
  { contentType, contentUrl, content, name }: Attachment,
  ref: string,
): { file: AttachedFile; link: FileLink } | Untaken {
  const named = name ? { name: name.slice(-300) } : {};
  if (contentType === DOWNLOAD_INFO) {
    const info = DownloadInfoSchema.safeParse(content);
    if (!info.success) return 'notArrived';
    const ending = (info.data.fileType ?? name?.split('.').at(-1) ?? '').toLowerCase();
    if (SOUNDS.includes(ending)) return 'voice';
    if (VIDEOS.includes(ending)) return 'video';
    const kind = PICTURES.includes(ending) ? 'photo' : 'file';
    return { file: { ref, kind, ...named }, link: { ref, url: info.data.downloadUrl, by: 'link' } };
  }
  if (contentType.startsWith('image/') && contentUrl) {
    return { file: { ref, kind: 'photo', ...named }, link: { ref, url: contentUrl, by: 'token' } };
  }
  if (contentType.startsWith('audio/')) return 'voice';
  if (contentType.startsWith('video/')) return 'video';
  return 'other';
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
