import { describe, expect, it } from 'vitest';
import { CLOCK, DAY, NOW, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function forumSuite(bed: TestBed): void {
  const begin = (chatId: string) => bed.run({ heard: { text: 'xin chào' } }, text(chatId));
  const newest = async (conversationId: string) =>
    (await bed.store.transcript(conversationId, 0, 100)).at(-1)?.id ?? 0;
  const waiting = async () =>
    (await bed.store.forumUpdates(10)).map(({ updateId, text, attempts, dueAt }) => ({
      updateId,
      text,
      attempts,
      dueAt,
    }));

  describe(`updates of the agents' group in ${bed.engine}`, () => {
    it('wait in the order in which they came, once each, until they are dealt with', async () => {
      await bed.store.keepForumUpdate({ updateId: '7:2', text: 'two', at: NOW });
      await bed.store.keepForumUpdate({ updateId: '7:1', text: 'one', at: NOW });
      await bed.store.keepForumUpdate({ updateId: '7:2', text: 'again', at: NOW });
      await bed.store.putOffForumUpdate('7:2', NOW + 5);
      await bed.reopen();
      expect(await waiting()).toEqual([
        { updateId: '7:2', text: 'two', attempts: 1, dueAt: NOW + 5 },
        { updateId: '7:1', text: 'one', attempts: 0, dueAt: NOW },
      ]);
      await bed.store.endForumUpdate('7:2', CLOCK);
      await bed.store.keepForumUpdate({ updateId: '7:2', text: 'late', at: NOW });
      expect((await waiting()).map(({ updateId }) => updateId)).toEqual(['7:1']);
    });

    it('are forgotten a week after that, and not before they were dealt with', async () => {
      await bed.store.keepForumUpdate({ updateId: '7:1', text: 'one', at: NOW });
      await bed.store.keepForumUpdate({ updateId: '7:2', text: 'two', at: NOW });
      await bed.store.endForumUpdate('7:1', CLOCK);
      await bed.store.sweep(CLOCK + 7 * DAY + 1);
      // Known no more, so that it may come again.
      await bed.store.keepForumUpdate({ updateId: '7:1', text: 'new', at: NOW });
      expect((await waiting()).map((one) => one.text)).toEqual(['two', 'new']);
    });
  });

  describe(`topics of the agents' group in ${bed.engine}`, () => {
    it('are known by conversation and by thread, and lead to what they were not told', async () => {
      const one = await begin('one');
      const two = await begin('two');
      const { behind } = await bed.store.forumBehind(0, 10);
      expect(behind.toSorted()).toEqual([one.conversationId, two.conversationId].toSorted());
      const topic = {
        conversationId: one.conversationId,
        threadId: 5_000_000_000,
        lineId: await newest(one.conversationId),
        state: '{"closed":true}',
        unfinished: false,
      };
      await bed.store.putForumTopic(topic);
      await bed.reopen();
      expect(await bed.store.forumTopic(one.conversationId)).toEqual({ ...topic, doomed: false });
      expect(await bed.store.forumTopicByThread(5_000_000_000)).toEqual({
        ...topic,
        doomed: false,
      });
      expect(await bed.store.forumTopicByThread(6)).toBeNull();
      const left = { behind: [two.conversationId], unfinished: [] };
      expect(await bed.store.forumBehind(0, 10)).toEqual(left);
      const { updatedAt = 0 } = (await bed.store.conversationById(two.conversationId)) ?? {};
      expect((await bed.store.forumBehind(updatedAt + 1, 10)).behind).toEqual([]);
      await bed.store.putForumTopic({ ...topic, unfinished: true });
      expect(await bed.store.forumBehind(updatedAt + 1, 10)).toEqual({
        behind: [],
        unfinished: [one.conversationId],
      });
    });

    it('are doomed when the person has their data deleted, until they are gone', async () => {
      const { conversationId } = await begin('one');
      const topic = {
        conversationId,
        threadId: 9,
        lineId: 1_000_000,
        state: '{"name":"x"}',
        unfinished: false,
      };
      await bed.store.putForumTopic(topic);
      await bed.store.deletePersonal(conversationId);
      // What is being told at that moment does not take it back.
      await bed.store.putForumTopic(topic);
      expect((await bed.store.forumTopic(conversationId))?.doomed).toBe(true);
      const { unfinished } = await bed.store.forumBehind(CLOCK + DAY, 10);
      expect(unfinished).toEqual([conversationId]);
      await bed.store.clearForumTopic(conversationId);
      expect(await bed.store.forumTopic(conversationId)).toEqual({
        ...topic,
        threadId: null,
        state: '{}',
        doomed: false,
      });
    });

    it('are doomed when the person leaves', async () => {
      const event = text('one');
      const { conversationId } = await bed.run({}, event);
      const topic = { conversationId, threadId: 9, lineId: 1, state: '{}', unfinished: false };
      await bed.store.putForumTopic(topic);
      await bed.store.erasePerson(event.channel, event.chatId, NOW);
      expect((await bed.store.forumTopic(conversationId))?.doomed).toBe(true);
    });
  });
}
