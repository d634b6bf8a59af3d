import { describe, expect, it } from 'vitest';
import { CLOCK, DAY } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function channelAddressesSuite(bed: TestBed): void {
  describe(`addresses of chats in ${bed.engine}`, () => {
    it('are there before the conversation is, the newest of each chat', async () => {
      await bed.store.keepAddress('teams', 'a:1', 'old');
      await bed.store.keepAddress('teams', 'a:1', 'new');
      await bed.store.keepAddress('teams', 'a:2', 'other');
      await bed.store.keepAddress('telegram', 'a:1', 'elsewhere');
      await bed.reopen();
      expect(await bed.store.address('teams', 'a:1')).toBe('new');
      expect(await bed.store.address('teams', 'a:2')).toBe('other');
      expect(await bed.store.address('telegram', 'a:1')).toBe('elsewhere');
      expect(await bed.store.address('teams', 'a:3')).toBeNull();
    });
  });

  describe(`links to files in ${bed.engine}`, () => {
    it('are known by their reference, and forgotten after a week', async () => {
      await bed.store.keepFileLink('t1', 'https://files.example/?token=1');
      await bed.store.keepFileLink('t1', 'https://files.example/?token=2');
      await bed.reopen();
      expect(await bed.store.fileLink('t1')).toBe('https://files.example/?token=2');
      expect(await bed.store.fileLink('t2')).toBeNull();
      await bed.store.sweep(CLOCK + 7 * DAY);
      expect(await bed.store.fileLink('t1')).not.toBeNull();
      await bed.store.sweep(CLOCK + 7 * DAY + 1);
      expect(await bed.store.fileLink('t1')).toBeNull();
    });
  });
}
