import { packed } from './compose.ts';
import { albumOf } from './photos.ts';
import type { Room } from './room.ts';
import { say } from './say.ts';
import { ALL, more, noRoom, type Told } from './told.ts';
import type { TopicKeeper } from './topic-keeper.ts';
import type { Topic } from './topic-state.ts';
import { unsettledOf } from './unsettled.ts';

/** Tells what is left when every line was told: photos, and lines that did not arrive. */
export class Afterwards {
  readonly #room: Room;
  readonly #keeper: TopicKeeper;

  constructor(room: Room, keeper: TopicKeeper) {
    this.#room = room;
    this.#keeper = keeper;
  }

  async tellPhotos(topic: Topic): Promise<Told> {
    if (topic.state.photos.length === 0) return ALL;
    const { masker, pauses, group, topics, t } = this.#room;
    const { ready, missing, making } = await albumOf(topic.state.photos, {
      masker,
      before: this.#room.now() - pauses.mask,
    });
    const cost = ready.length > 0 ? ready.length : missing.length > 0 ? 1 : 0;
    if (cost === 0) return more(this.#room, pauses.idle);
    const wait = noRoom(this.#room, cost);
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
    if ('trouble' in called && !refused) return this.#keeper.heal(topic, called.trouble);
    const done = new Set((ready.length > 0 ? ready : missing).map(({ blobId }) => blobId));
    const left = topic.state.photos.filter(({ blobId }) => !done.has(blobId));
    // A picture that Telegram refuses is told of as one that could not be masked.
    const again = refused ? [...done].map((blobId) => ({ blobId, since: 0 })) : [];
    await topics.change(topic, {
      photos: refused && ready.length > 0 ? [...left, ...again] : left,
    });
    return more(this.#room, making > 0 && left.length === making ? pauses.idle : 0);
  }

  async tellUnsettled(topic: Topic): Promise<Told> {
    const { store, topics, t } = this.#room;
    const { lost, waiting } = await unsettledOf(topic, store, t);
    if (waiting.length === topic.state.unsettled.length) return ALL;
    if (lost.length > 0) {
      const messages = packed(lost);
      const wait = noRoom(this.#room, messages.length);
      if (wait) return wait;
      const sent = await say(this.#room, topic, messages, []);
      if (typeof sent !== 'number' && sent.kind !== 'refused')
        return this.#keeper.heal(topic, sent);
    }
    await topics.change(topic, { unsettled: waiting });
    return more(this.#room);
  }
}
