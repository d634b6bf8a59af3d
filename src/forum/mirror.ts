import type { CaseRow, ConversationRow, TranscriptLine } from '../store/contract.ts';
import { Afterwards } from './afterwards.ts';
import { type Block, blocksOf, MOST_MESSAGE, packed } from './compose.ts';
import type { Room } from './room.ts';
import { say } from './say.ts';
import { ALL, more, noRoom, type Told } from './told.ts';
import { TopicKeeper } from './topic-keeper.ts';
import type { Topic } from './topic-state.ts';
import { asTopic } from './topics.ts';

const PAGE = 100;
const NEWS_LOOK_MS = 300;

/**
 * Tells a conversation's news in its topic, a step at a time: what was told is written down after
 * each, so that a stop repeats one message at most. A topic that is gone is made anew.
 */
export class Mirror {
  readonly #room: Room;
  readonly #keeper: TopicKeeper;
  readonly #afterwards: Afterwards;

  constructor(room: Room) {
    this.#room = room;
    this.#keeper = new TopicKeeper(room);
    this.#afterwards = new Afterwards(room, this.#keeper);
  }

  async tell(conversationId: string): Promise<Told> {
    const { store } = this.#room;
    const row = await store.conversationById(conversationId);
    const kept = await store.forumTopic(conversationId);
    if (kept?.doomed) return this.#keeper.bury(conversationId, kept.threadId);
    if (row === null) return ALL;
    const cases = await store.casesOf(conversationId);
    const topic = (kept && asTopic(kept)) ?? (await this.#keeper.open(row, cases, kept));
    // Opened, it is told in at once: in a burst, topics without words would help nobody.
    if ('as' in topic) return topic;
    const lines = await store.transcript(conversationId, topic.lineId, PAGE);
    if (topic.state.closed && (lines.length > 0 || kept?.unfinished)) {
      return this.#keeper.reopen(topic);
    }
    if (lines.length > 0) return this.#tellLines(row, cases, topic, lines);
    return this.#tellRest(row, cases, topic);
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
    if (!last) return more(this.#room, NEWS_LOOK_MS);
    const news = cards.casesOf(cases);
    const blocks =
      news.key === topic.state.cases ? batch.blocks : [...batch.blocks, ...news.blocks];
    const card = cards.cardOf(row, cases);
    const before = topic.state.card;
    if (batch.blocks.length > 0) {
      const messages = packed(blocks);
      const wait = noRoom(this.#room, messages.length);
      if (wait) return wait;
      const sent = await say(this.#room, topic, messages, card.rows);
      const refused = typeof sent !== 'number' && sent.kind === 'refused';
      // A message that Telegram never takes must not stand in the way of all that follow.
      const instead = refused ? await say(this.#room, topic, [t('notShown')], card.rows) : sent;
      if (typeof instead === 'number') {
        topic.state.card = { messageId: instead, shows: card.shows };
        topic.state.cases = news.key;
      } else if (instead.kind !== 'refused') return this.#keeper.heal(topic, instead);
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
        ...told.flatMap(({ blobIds }) =>
          blobIds.map((blobId) => ({ blobId, since: this.#room.now() })),
        ),
      ],
      own: topic.state.own.filter((id) => id > last.id),
    });
    if (before && before.messageId !== topic.state.card?.messageId) await this.#strip(before);
    return more(this.#room);
  }

  /** A reply on its way is told once it arrived, unless that takes long. */
  #isReady({ author, delivery, at }: TranscriptLine): boolean {
    if (author === 'installer' || delivery !== 'due') return true;
    return this.#room.now() - at >= this.#room.pauses.settle;
  }

  /** What an agent wrote in the topic stands there already, and news told elsewhere stand there. */
  #blocks(line: TranscriptLine, topic: Topic): Block[] {
    if (topic.state.own.includes(line.id) || line.toldIn !== null) return [];
    return blocksOf(line, this.#room.t);
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
      () => this.#afterwards.tellPhotos(topic),
      () => this.#afterwards.tellUnsettled(topic),
      () => this.#keeper.renew(row, cases, topic),
      () => this.#keeper.rename(row, cases, topic),
    ];
    for (const step of steps) {
      const told = await step();
      if (told.as !== 'all') return told;
    }
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
