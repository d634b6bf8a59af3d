import { Chat } from './chat.ts';
import { badRequest, Refusal } from './refusal.ts';

export interface ForumTopic {
  threadId: number;
  name: string;
  closed: boolean;
  deleted: boolean;
}

/** What a group takes of a bot: messages, edits and topics together. */
const MOST = 20;
const WINDOW_MS = 60_000;

/** A supergroup with topics, and what the bot may do in it. */
export class ForumChat extends Chat {
  readonly topics = new Map<number, ForumTopic>();
  readonly rights = { admin: true, manageTopics: true, deleteMessages: true };
  isForum = true;
  /** The number that it was upgraded to. */
  movedTo: number | null = null;
  /** Every message, edit and topic that was taken, and how often the bot was told to slow down. */
  readonly taken: number[] = [];
  tooFast = 0;
  /** Tests let a minute pass in less. */
  now: () => number = Date.now;

  constructor(id: number) {
    super(id, 'supergroup');
  }

  /** @throws Refusal 429 with how long to wait */
  pace(cost: number): void {
    const now = this.now();
    const lately = this.taken.filter((at) => at > now - WINDOW_MS);
    if (lately.length + cost > MOST) {
      this.tooFast += 1;
      const oldest = lately[Math.max(0, lately.length + cost - MOST - 1)] ?? now;
      const seconds = Math.max(1, Math.ceil((oldest + WINDOW_MS - now) / 1000));
      throw new Refusal(429, `Too Many Requests: retry after ${seconds}`, seconds);
    }
    for (let n = 0; n < cost; n += 1) this.taken.push(now);
  }

  /** @throws Refusal when the bot may not write in this topic */
  writable(threadId: number | undefined): void {
    if (threadId === undefined) return;
    const topic = this.topics.get(threadId);
    if (!this.isForum || !topic || topic.deleted) throw badRequest('message thread not found');
    if (topic.closed && !this.rights.manageTopics) throw badRequest('TOPIC_CLOSED');
  }

  /** Its messages go with it. */
  deleteTopic(threadId: number): void {
    const topic = this.topics.get(threadId);
    if (topic) topic.deleted = true;
    const left = this.messages.filter((one) => one.threadId !== threadId);
    this.messages.splice(0, this.messages.length, ...left);
  }

  /** The topics that are there. */
  get open(): ForumTopic[] {
    return [...this.topics.values()].filter(({ deleted }) => !deleted);
  }

  /** What the bot said in a topic. */
  saidIn({ threadId }: ForumTopic): string {
    return this.messages
      .filter((one) => one.by === 'bot' && one.threadId === threadId)
      .map(({ text }) => text)
      .join('\n---\n');
  }
}
