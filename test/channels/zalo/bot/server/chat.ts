/** A message as the person's app shows it. */
export interface Shown {
  by: 'bot' | 'person';
  text: string;
  /** Where Zalo fetched a picture from. */
  photo: string | null;
}

/** A private chat with the bot, or a group that it was added to. */
export class Chat {
  readonly id: string;
  readonly type: 'PRIVATE' | 'GROUP';
  readonly messages: Shown[] = [];
  readonly actions: string[] = [];
  blocked = false;

  constructor(id: string, type: Chat['type']) {
    this.id = id;
    this.type = type;
  }
}
