import { describe, expect, it } from 'vitest';
import { text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function notificationsSuite(bed: TestBed): void {
  describe(`browsers that take notifications in ${bed.engine}`, () => {
    const browser = (name: string, auth = 'auth') => ({
      endpoint: `https://push.example/${name}`,
      keys: { p256dh: `key of ${name}`, auth },
    });
    const endpoints = async (conversationId: string) =>
      (await bed.store.pushSubscriptions(conversationId)).map(({ endpoint }) => endpoint).sort();

    it('are kept for their conversation until they are dropped', async () => {
      const one = await bed.run({}, text('one'));
      const two = await bed.run({}, text('two'));
      await bed.store.savePushSubscription(one.conversationId, browser('phone'));
      await bed.store.savePushSubscription(one.conversationId, browser('office'));
      await bed.store.savePushSubscription(one.conversationId, browser('office'));
      await bed.reopen();
      expect(await endpoints(one.conversationId)).toEqual([
        'https://push.example/office',
        'https://push.example/phone',
      ]);
      expect(await bed.store.pushSubscriptions(two.conversationId)).toEqual([]);
      await bed.store.dropPushSubscription('https://push.example/office');
      await bed.store.dropPushSubscription('https://push.example/office');
      expect(await bed.store.pushSubscriptions(one.conversationId)).toEqual([browser('phone')]);
    });

    it('belong to the conversation that named them last, with their newest keys', async () => {
      const one = await bed.run({}, text('one'));
      const two = await bed.run({}, text('two'));
      await bed.store.savePushSubscription(one.conversationId, browser('phone', 'old'));
      await bed.store.savePushSubscription(two.conversationId, browser('phone', 'new'));
      expect(await bed.store.pushSubscriptions(one.conversationId)).toEqual([]);
      expect(await bed.store.pushSubscriptions(two.conversationId)).toEqual([
        browser('phone', 'new'),
      ]);
    });
  });
}
