import { describe, expect, it } from 'vitest';
import { CLOCK, DAY, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function shownMessagesSuite(bed: TestBed): void {
  describe(`messages that show progress in ${bed.engine}`, () => {
    it('are known by conversation and name, the newest of each', async () => {
      const one = await bed.run({}, text('one'));
      const two = await bed.run({}, text('two'));
      await bed.store.keepShownMessage(one.conversationId, 'f1r1', '11');
      await bed.store.keepShownMessage(one.conversationId, 'f1r1', '12');
      await bed.store.keepShownMessage(one.conversationId, 'f1r2', '13');
      await bed.reopen();
      expect(await bed.store.shownMessage(one.conversationId, 'f1r1')).toBe('12');
      expect(await bed.store.shownMessage(one.conversationId, 'f1r2')).toBe('13');
      expect(await bed.store.shownMessage(two.conversationId, 'f1r1')).toBeNull();
    });

    it('are forgotten after a day', async () => {
      const { conversationId } = await bed.run({}, text('one'));
      await bed.store.keepShownMessage(conversationId, 'f1r1', '11');
      await bed.store.sweep(CLOCK + DAY);
      expect(await bed.store.shownMessage(conversationId, 'f1r1')).toBe('11');
      await bed.store.sweep(CLOCK + DAY + 1);
      expect(await bed.store.shownMessage(conversationId, 'f1r1')).toBeNull();
    });
  });
}
