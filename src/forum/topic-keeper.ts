import type { CaseRow, ConversationRow, ForumTopicRow } from '../store/contract.ts';
import type { Room } from './room.ts';
import { ALL, more, noRoom, type Told } from './told.ts';
import { readTopicState, type Topic } from './topic-state.ts';
import type { ForumTrouble } from './trouble.ts';

/** What a topic begins with, of a conversation that is older than it. */
const FIRST_LINES = 30;
const PAGE = 100;
const REST_MS = 300;
/** Telegram offers six colours of icons; each channel has one. */
const COLOURS = {
  web: 0x6fb9f0,
  telegram: 0x8eee98,
  'zalo-oa': 0xffd67e,
  'zalo-bot': 0xcb86db,
  teams: 0xff93b2,
} as const;

/** Makes topics, opens and names them, and deletes those whose person wanted it. */
export class TopicKeeper {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  /** What trouble with a topic makes of it; then it is tried again. */
  async heal(topic: Topic, trouble: ForumTrouble): Promise<Told> {
    if (trouble.kind === 'noTopic') {
      await this.#room.topics.lose(topic);
      return more(this.#room);
    }
    if (trouble.kind === 'closed') {
      await this.#room.topics.change(topic, { closed: true });
      return more(this.#room);
    }
    return more(this.#room, REST_MS);
  }

  /** Makes a conversation's topic, where there is something to tell in it. */
  async open(
    row: ConversationRow,
    cases: CaseRow[],
    kept: ForumTopicRow | null,
  ): Promise<Topic | Told> {
    const { store, group, topics, cards } = this.#room;
    const { conversationId } = row;
    const lineId = kept?.lineId ?? (await this.#begin(conversationId));
    const news = await store.transcript(conversationId, lineId, 1);
    if (news.length === 0 && !kept?.unfinished) return ALL;
    const wait = noRoom(this.#room, 2);
    if (wait) return wait;
    const name = cards.nameOf(row, cases);
    const colour = { icon_color: COLOURS[row.channel] };
    const made = await group.call(1, (api, chat) => api.createForumTopic(chat, name, colour));
    if ('trouble' in made) return more(this.#room, REST_MS);
    const state = { ...readTopicState(kept?.state ?? '{}'), name };
    const topic = { conversationId, threadId: made.result.message_thread_id, lineId, state };
    await topics.save(topic);
    return topic;
  }

  /** The line behind which a new topic begins. */
  async #begin(conversationId: string): Promise<number> {
    const ids: number[] = [0];
    for (;;) {
      const page = await this.#room.store.transcript(conversationId, ids.at(-1) ?? 0, PAGE);
      ids.push(...page.map(({ id }) => id));
      if (page.length < PAGE) return ids.at(-FIRST_LINES - 1) ?? 0;
    }
  }

  async reopen(topic: Topic): Promise<Told> {
    const { group, topics } = this.#room;
    const wait = noRoom(this.#room, 1);
    if (wait) return wait;
    const { threadId } = topic;
    const called = await group.call(1, (api, chat) => api.reopenForumTopic(chat, threadId));
    if ('trouble' in called && called.trouble.kind !== 'same') {
      return this.heal(topic, called.trouble);
    }
    await topics.change(topic, { closed: false });
    return more(this.#room);
  }

  /** The person's data was deleted, and what the topic shows of it goes, too. */
  async bury(conversationId: string, threadId: number | null): Promise<Told> {
    const { store, group } = this.#room;
    if (threadId !== null) {
      const called = await group.call(1, (api, chat) => api.deleteForumTopic(chat, threadId), true);
      const gone = 'result' in called || ['noTopic', 'same'].includes(called.trouble.kind);
      // It waits by itself: the right to delete may be all that is missing.
      if (!gone) return more(this.#room, this.#room.pauses.longest);
    }
    await store.clearForumTopic(conversationId);
    return more(this.#room);
  }

  /** The buttons, where something else than a line has changed what they may do. */
  async renew(row: ConversationRow, cases: CaseRow[], topic: Topic): Promise<Told> {
    const { cards, group, topics } = this.#room;
    const { card } = topic.state;
    const { rows, shows } = cards.cardOf(row, cases);
    if (card === null || card.shows === shows) return ALL;
    const wait = noRoom(this.#room, 1);
    if (wait) return wait;
    const called = await group.call(1, (api, chat) =>
      api.editMessageReplyMarkup(chat, card.messageId, { reply_markup: { inline_keyboard: rows } }),
    );
    const { kind } = 'trouble' in called ? called.trouble : { kind: 'same' };
    if ('trouble' in called && kind !== 'same' && kind !== 'refused') {
      return this.heal(topic, called.trouble);
    }
    await topics.change(topic, { card: { ...card, shows } });
    return ALL;
  }

  async rename(row: ConversationRow, cases: CaseRow[], topic: Topic): Promise<Told> {
    const { cards, group, topics, pacer, pauses } = this.#room;
    const name = cards.nameOf(row, cases);
    if (name === topic.state.name) return ALL;
    // Only prettier: it waits for a quiet moment.
    if (!pacer.ample) return more(this.#room, pauses.search);
    const { threadId } = topic;
    const called = await group.call(1, (api, chat) => api.editForumTopic(chat, threadId, { name }));
    const { kind } = 'trouble' in called ? called.trouble : { kind: 'same' };
    if ('trouble' in called && kind !== 'same' && kind !== 'refused') {
      return this.heal(topic, called.trouble);
    }
    await topics.change(topic, { name });
    return ALL;
  }
}
