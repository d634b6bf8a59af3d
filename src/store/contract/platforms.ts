import type { Event } from '../../dialogue/event.ts';

/** What is known of platforms: messages, addresses, names and files. Sealed, but for the messages. */
export interface PlatformStore {
  /** Which message of the platform shows a conversation's `progress` now; see `Reply`. */
  keepShownMessage(conversationId: string, progress: string, messageId: string): Promise<void>;
  shownMessage(conversationId: string, progress: string): Promise<string | null>;
  /** Kept ahead of the conversation's first turn, so it is known by chat. The newest counts. */
  keepAddress(channel: Event['channel'], chatId: string, address: string): Promise<void>;
  address(channel: Event['channel'], chatId: string): Promise<string | null>;
  /** What a platform calls the person of a chat; kept ahead of the first turn, too. The newest counts. */
  keepPersonName(channel: Event['channel'], chatId: string, name: string): Promise<void>;
  personName(channel: Event['channel'], chatId: string): Promise<string | null>;
  /** Forgotten after a week, when the link has long expired. */
  keepFileLink(ref: string, link: string): Promise<void>;
  fileLink(ref: string): Promise<string | null>;
}
