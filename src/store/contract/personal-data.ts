import type { Event } from '../../dialogue/event.ts';

/** How much of a person's data is here, or was deleted. */
export interface PersonalData {
  photos: number;
  sadpStrings: number;
  lines: number;
}

/** People's data, and its end. */
export interface PersonalDataStore {
  /**
   * Deletes photos and SADP strings of cases that ended before these times, with those that no case
   * and no unfinished form holds. Answers what went, by conversation.
   */
  deleteExpired(before: {
    photos: number;
    sadpStrings: number;
  }): Promise<(PersonalData & { conversationId: string })[]>;
  personalData(conversationId: string): Promise<PersonalData>;
  /**
   * Deletes what a person sent and what was said: photos, strings, transcript, notifications, and
   * what their cases quote of it. Number, serial, decision and times of ended cases stay. What an
   * open case or an unfinished form holds stays, too.
   */
  deletePersonal(conversationId: string): Promise<PersonalData>;
  /**
   * Deletes what a person said, sent and left behind in this chat. Their cases stay without photos
   * and string, open ones cancelled; one that ended in an unbinding keeps its photos, which show
   * why it was right. Safe to repeat; a new message of theirs begins a new conversation.
   * @returns ids of the conversations that were still theirs
   */
  erasePerson(channel: Event['channel'], chatId: string, at: number): Promise<string[]>;
}
