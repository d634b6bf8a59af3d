import type { BotApi } from '../channels/telegram/api.ts';
import type { Cards } from './card.ts';
import type { Group } from './group.ts';
import type { ForumOptions, ForumPauses } from './options.ts';
import type { Pacer } from './pacer.ts';
import type { ForumTexts } from './texts.ts';
import type { Topics } from './topics.ts';

/** What everything about the group works with. */
export interface Room
  extends Pick<
    ForumOptions,
    'store' | 'acts' | 'decideCase' | 'people' | 'masker' | 'log' | 'language'
  > {
  api: BotApi;
  group: Group;
  pacer: Pacer;
  topics: Topics;
  cards: Cards;
  t: ForumTexts;
  pauses: ForumPauses;
  now: () => number;
  /** The conversation's topic may have to show something else now. */
  news(conversationId: string): void;
}
