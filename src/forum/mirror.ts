import type { CaseRow, ConversationRow, TranscriptLine } from '../store/contract.ts';
import { type Block, blocksOf, MOST_MESSAGE, packed } from './compose.ts';
import { albumOf } from './photos.ts';
import type { Room } from './room.ts';
import { readTopicState, type Topic } from './topic-state.ts';
import { asTopic } from './topics.ts';
import type { ForumTrouble } from './trouble.ts';
import { unsettledOf } from './unsettled.ts';

/** What a topic begins with, of a conversation that is older than it. */
const FIRST_LINES = 30;
const PAGE = 100;
const NEWS_LOOK_MS = 300;
/** Telegram offers six colours of icons; each channel has one. */
const COLOURS = {
  web: 0x6fb9f0,
  telegram: 0x8eee98,
  'zalo-oa': 0xffd67e,
  'zalo-bot': 0xcb86db,
  teams: 0xff93b2,
} as const;

/** Whether all news of a conversation were told, or when to go on. After trouble the group rests by itself. */
export type Told = { as: 'all' } | { as: 'more'; at: number };

const ALL: Told = { as: 'all' };

/**
 * Tells a conversation's news in its topic, a step at a time: what was told is written down after
 * each, so that a stop repeats one message at most. A topic that is gone is made anew.
 */
export class Mirror {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  async tell(conversationId: string): Promise<Told> {
    const { store } = this.#room;
    const row = await store.conversationById(conversationId);
    const kept = await store.forumTopic(conversationId);
    if (kept?.doomed) return this.#bury(conversationId, kept.threadId);
    if (row === null) return ALL;
    const cases = await store.casesOf(conversationId);
    const topic = kept && asTopic(kept);
    if (topic === null) return this.#open(row, cases);
    if (topic.state.closed) return this.#reopen(topic);
    const lines = await store.transcript(conversationId, topic.lineId, PAGE);
    if (lines.length > 0) return this.#tellLines(row, cases, topic, lines);
    return this.#tellRest(row, cases, topic);
  }

  get #now(): number {
    return this.#room.now();
  }

  #more(ms = 0): Told {
    return { as: 'more', at: this.#now + ms };
  }

  /** Milliseconds that Telegram would make us wait, as a reason to come back; null when there is room. */
  #wait(cost: number): Told | null {
    const ms = this.#room.pacer.waitMs(cost);
    return ms > 0 ? this.#more(ms) : null;
  }

  async #heal(topic: Topic, trouble: ForumTrouble): Promise<Told> {
    if (trouble.kind === 'noTopic') {
      await this.#room.topics.lose(topic);
      return this.#more();
    }
    if (trouble.kind === 'closed') {
      await this.#room.topics.change(topic, { closed: true });
      return this.#more();
    }
    return this.#more(NEWS_LOOK_MS);
  }

  async #open(row: ConversationRow, cases: CaseRow[]): Promise<Told> {
    const { store, group, topics, cards } = this.#room;
    const { conversationId } = row;
    const kept = await store.forumTopic(conversationId);
    const lineId = kept?.lineId ?? (await this.#begin(conversationId));
    const news = await store.transcript(conversationId, lineId, 1);
    if (news.length === 0 && !kept?.unfinished) return ALL;
    const wait = this.#wait(2);
    if (wait) return wait;
    const name = cards.nameOf(row, cases);
    const colour = { icon_color: COLOURS[row.channel] };
    const made = await group.call(1, (api, chat) => api.createForumTopic(chat, name, colour));
    if ('trouble' in made) return this.#more(NEWS_LOOK_MS);
    const state = { ...readTopicState(kept?.state ?? '{}'), name };
    const threadId = made.result.message_thread_id;
    await topics.save({ conversationId, threadId, lineId, state });
    // At once: in a burst, topics without words would help nobody.
    return this.tell(conversationId);
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

  async #reopen(topic: Topic): Promise<Told> {
    const { group, topics } = this.#room;
    const wait = this.#wait(1);
    if (wait) return wait;
    const { threadId } = topic;
    const called = await group.call(1, (api, chat) => api.reopenForumTopic(chat, threadId));
    if ('trouble' in called && called.trouble.kind !== 'same') {
      return this.#heal(topic, called.trouble);
    }
    await topics.change(topic, { closed: false });
    return this.#more();
  }

  /** The person's data was deleted, and what the topic shows of it goes, too. */
  async #bury(conversationId: string, threadId: number | null): Promise<Told> {
    const { store, group } = this.#room;
    if (threadId !== null) {
      const called = await group.call(1, (api, chat) => api.deleteForumTopic(chat, threadId), true);
      const gone = 'result' in called || ['noTopic', 'same'].includes(called.trouble.kind);
      // It waits by itself: the right to delete may be all that is missing.
      if (!gone) return this.#more(this.#room.pauses.longest);
    }
    await store.clearForumTopic(conversationId);
    return this.#more();
  }

  async #tellLines(
    row: ConversationRow,
    cases: CaseRow[],
    topic: Topic,
    lines: TranscriptLine[],
  ): Promise<Told> {
    const { t, cards, topics } = this.#room;
    const batch = batchOf(
      lines,
      (line) => this.#isReady(line),
      (line) => this.#blocks(line, topic),
    );
    const last = batch.lines.at(-1);
    if (!last) return this.#more(NEWS_LOOK_MS);
    const news = cards.casesOf(cases);
    const blocks =
      news.key === topic.state.cases ? batch.blocks : [...batch.blocks, ...news.blocks];
    const card = cards.cardOf(row, cases);
    const before = topic.state.card;
    if (batch.blocks.length > 0) {
      const messages = packed(blocks);
      const wait = this.#wait(messages.length);
      if (wait) return wait;
      const sent = await this.#send(topic, messages, card.rows);
      const refused = typeof sent !== 'number' && sent.kind === 'refused';
      // A message that Telegram never takes must not stand in the way of all that follow.
      const instead = refused ? await this.#send(topic, [t('notShown')], card.rows) : sent;
      if (typeof instead === 'number') {
        topic.state.card = { messageId: instead, shows: card.shows };
        topic.state.cases = news.key;
      } else if (instead.kind !== 'refused') return this.#heal(topic, instead);
    }
    topic.lineId = last.id;
    const told = batch.lines.filter(({ id }) => !topic.state.own.includes(id));
    await topics.change(topic, {
      unsettled: [
        ...topic.state.unsettled,
        ...batch.lines.filter(({ delivery }) => delivery === 'due').map(({ id }) => id),
      ],
      photos: [
        ...topic.state.photos,
        ...told.flatMap(({ blobIds }) => blobIds.map((blobId) => ({ blobId, since: this.#now }))),
      ],
      own: topic.state.own.filter((id) => id > last.id),
    });
    if (before && before.messageId !== topic.state.card?.messageId) await this.#strip(before);
    return this.#more();
  }

  /** A reply on its way is told once it arrived, unless that takes long. */
  #isReady({ author, delivery, at }: TranscriptLine): boolean {
    if (author === 'installer' || delivery !== 'due') return true;
    return this.#now - at >= this.#room.pauses.settle;
  }

  /** What an agent wrote in the topic stands there already, and news told elsewhere stand there. */
  #blocks(line: TranscriptLine, topic: Topic): Block[] {
    if (topic.state.own.includes(line.id) || line.toldIn !== null) return [];
    return blocksOf(line, this.#room.t);
  }

  /** The id of the last one, under which the buttons are; or what went wrong. */
  async #send(
    { threadId }: Topic,
    messages: readonly string[],
    rows: ReturnType<Room['cards']['cardOf']>['rows'],
  ): Promise<number | ForumTrouble> {
    let last = 0;
    for (const [index, html] of messages.entries()) {
      const isLast = index === messages.length - 1;
      const called = await this.#room.group.call(1, (api, chat) =>
        api.sendMessage(chat, html, {
          message_thread_id: threadId,
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
          ...(isLast ? { reply_markup: { inline_keyboard: rows } } : {}),
        }),
      );
      if ('trouble' in called) return called.trouble;
      last = called.result.message_id;
    }
    return last;
  }

  /** Old buttons explain themselves; without them a topic reads better, where there is room. */
  async #strip({ messageId }: { messageId: number }): Promise<void> {
    const { group, pacer } = this.#room;
    if (!pacer.ample) return;
    await group.call(1, (api, chat) => api.editMessageReplyMarkup(chat, messageId));
  }

  /** What is left when every line was told. */
  async #tellRest(row: ConversationRow, cases: CaseRow[], topic: Topic): Promise<Told> {
    const steps = [
      () => this.#tellPhotos(topic),
      () => this.#tellUnsettled(topic),
      () => this.#renew(row, cases, topic),
      () => this.#rename(row, cases, topic),
    ];
    for (const step of steps) {
      const told = await step();
      if (told.as !== 'all') return told;
    }
    return ALL;
  }

  async #tellPhotos(topic: Topic): Promise<Told> {
    if (topic.state.photos.length === 0) return ALL;
    const { masker, pauses, group, topics, t } = this.#room;
    const { ready, missing, making } = await albumOf(topic.state.photos, {
      masker,
      before: this.#now - pauses.mask,
    });
    const cost = ready.length > 0 ? ready.length : missing.length > 0 ? 1 : 0;
    if (cost === 0) return this.#more(pauses.idle);
    const wait = this.#wait(cost);
    if (wait) return wait;
    const thread = { message_thread_id: topic.threadId };
    const called = await group.call<unknown>(cost, (api, chat) => {
      const [only, ...others] = ready;
      if (!only) return api.sendMessage(chat, t('notMasked', { count: missing.length }), thread);
      if (others.length === 0)
        return api.sendPhoto(chat, only.file(), { caption: t('photo'), ...thread });
      const media = ready.map((one) => ({
        type: 'photo' as const,
        media: one.file(),
        caption: t('photo'),
      }));
      return api.sendMediaGroup(chat, media, thread);
    });
    const refused = 'trouble' in called && called.trouble.kind === 'refused';
    if ('trouble' in called && !refused) return this.#heal(topic, called.trouble);
    const done = new Set((ready.length > 0 ? ready : missing).map(({ blobId }) => blobId));
    const left = topic.state.photos.filter(({ blobId }) => !done.has(blobId));
    // A picture that Telegram refuses is told of as one that could not be masked.
    const again = refused ? [...done].map((blobId) => ({ blobId, since: 0 })) : [];
    await topics.change(topic, {
      photos: refused && ready.length > 0 ? [...left, ...again] : left,
    });
    return this.#more(making > 0 && left.length === making ? pauses.idle : 0);
  }

  async #tellUnsettled(topic: Topic): Promise<Told> {
    const { store, topics, t } = this.#room;
    const { lost, waiting } = await unsettledOf(topic, store, t);
    if (waiting.length === topic.state.unsettled.length) return ALL;
    if (lost.length > 0) {
      const messages = packed(lost);
      const wait = this.#wait(messages.length);
      if (wait) return wait;
      const sent = await this.#send(topic, messages, []);
      if (typeof sent !== 'number' && sent.kind !== 'refused') return this.#heal(topic, sent);
    }
    await topics.change(topic, { unsettled: waiting });
    return this.#more();
  }

  /** The buttons, where something else than a line has changed what they may do. */
  async #renew(row: ConversationRow, cases: CaseRow[], topic: Topic): Promise<Told> {
    const { cards, group, topics } = this.#room;
    const { card } = topic.state;
    const { rows, shows } = cards.cardOf(row, cases);
    if (card === null || card.shows === shows) return ALL;
    const wait = this.#wait(1);
    if (wait) return wait;
    const called = await group.call(1, (api, chat) =>
      api.editMessageReplyMarkup(chat, card.messageId, { reply_markup: { inline_keyboard: rows } }),
    );
    const { kind } = 'trouble' in called ? called.trouble : { kind: 'same' };
    if ('trouble' in called && kind !== 'same' && kind !== 'refused') {
      return this.#heal(topic, called.trouble);
    }
    await topics.change(topic, { card: { ...card, shows } });
    return ALL;
  }

  async #rename(row: ConversationRow, cases: CaseRow[], topic: Topic): Promise<Told> {
    const { cards, group, topics, pacer } = this.#room;
    const name = cards.nameOf(row, cases);
    if (name === topic.state.name || !pacer.ample) return ALL;
    const { threadId } = topic;
    const called = await group.call(1, (api, chat) => api.editForumTopic(chat, threadId, { name }));
    const { kind } = 'trouble' in called ? called.trouble : { kind: 'same' };
    if ('trouble' in called && kind !== 'same' && kind !== 'refused') {
      return this.#heal(topic, called.trouble);
    }
    await topics.change(topic, { name });
    return ALL;
  }
}

/** As many lines from the first on as are ready and fit into one message, or the first alone. */
function batchOf(
  lines: readonly TranscriptLine[],
  isReady: (line: TranscriptLine) => boolean,
  blocksFor: (line: TranscriptLine) => Block[],
): { lines: TranscriptLine[]; blocks: Block[] } {
  const batch = { lines: [] as TranscriptLine[], blocks: [] as Block[] };
  let length = 0;
  for (const line of lines) {
    if (!isReady(line)) break;
    const blocks = blocksFor(line);
    length += blocks.reduce((sum, block) => sum + block.length + 2, 0);
    if (length > MOST_MESSAGE && batch.blocks.length > 0) break;
    batch.lines.push(line);
    batch.blocks.push(...blocks);
  }
  return batch;
}
