import type { Keyboard } from './rules.ts';

/** A message as the person's app shows it now. */
export interface Shown {
  id: number;
  by: 'bot' | 'person';
  text: string;
  keyboard: Keyboard | null;
  /** How often it was edited. */
  edits: number;
  picture: boolean;
  /** The topic that it stands in. */
  threadId?: number;
}

/** A private chat with the bot, or a group that it is in (with topics: forum-chat.ts). */
export class Chat {
  readonly id: number;
  readonly type: 'private' | 'supergroup';
  readonly messages: Shown[] = [];
  /** Texts that popped up over pressed buttons. */
  readonly toasts: string[] = [];
  /** Files of the bot, as text. */
  readonly documents: string[] = [];
  readonly actions: string[] = [];
  blocked = false;
  left = false;

  constructor(id: number, type: Chat['type']) {
    this.id = id;
    this.type = type;
  }
}
