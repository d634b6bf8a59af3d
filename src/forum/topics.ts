import type { ForumTopicRow } from '../store/contract.ts';
import type { ForumStore } from './options.ts';
import { readTopicState, type Topic, type TopicState } from './topic-state.ts';

type TopicStore = Pick<ForumStore, 'forumTopic' | 'forumTopicByThread' | 'putForumTopic'>;

/**
 * The topics as the store keeps them. Whoever has the lease of the group reads and writes them one
 * after the other, so that no change is lost.
 */
export class Topics {
  readonly #store: TopicStore;

  constructor(store: TopicStore) {
    this.#store = store;
  }

  async byThread(threadId: number | undefined): Promise<Topic | null> {
    const row = threadId === undefined ? null : await this.#store.forumTopicByThread(threadId);
    return row && asTopic(row);
  }

  async save({ conversationId, threadId, lineId, state }: Topic): Promise<void> {
    const text = JSON.stringify(state);
    const unfinished = isUnfinished(state);
    await this.#store.putForumTopic({ conversationId, threadId, lineId, unfinished, state: text });
  }

  async change(topic: Topic, change: Partial<TopicState>): Promise<void> {
    Object.assign(topic.state, change);
    await this.save(topic);
  }

  /** The topic was deleted in Telegram: what was not told there yet waits for the next one. */
  async lose({ conversationId, lineId, state }: Topic): Promise<void> {
    const { own, unsettled, photos } = state;
    const unfinished = isUnfinished(state);
    const text = JSON.stringify({ own, unsettled, photos });
    const left = { conversationId, threadId: null, lineId, unfinished, state: text };
    await this.#store.putForumTopic(left);
  }
}

function isUnfinished({ photos, unsettled }: TopicState): boolean {
  return photos.length + unsettled.length > 0;
}

export function asTopic({ conversationId, threadId, lineId, state }: ForumTopicRow): Topic | null {
  if (threadId === null) return null;
  return { conversationId, threadId, lineId, state: readTopicState(state) };
}
