import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/dialogue/conversation.ts';
import { CLOCK, DAY, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

const link = { tokenHash: 'h1', channel: 'zalo-bot' as const, chatId: 'c1', expiresAt: CLOCK + 60 };

export function uploadLinksSuite(bed: TestBed): void {
  describe(`upload links in ${bed.engine}`, () => {
    it('are found by the hash of their token, and nothing else is', async () => {
      await bed.store.addUploadLink(link);
      await bed.reopen();
      expect(await bed.store.uploadLink('h1')).toEqual({ ...link, usedAt: null });
      expect(await bed.store.uploadLink('h2')).toBeNull();
    });

    it('are used up once; the first time counts', async () => {
      await bed.store.addUploadLink(link);
      await bed.store.useUploadLink('h1', CLOCK + 1);
      await bed.store.useUploadLink('h1', CLOCK + 2);
      expect(await bed.store.uploadLink('h1')).toMatchObject({ usedAt: CLOCK + 1 });
    });

    it('are known for a day after their end, and then forgotten', async () => {
      await bed.store.addUploadLink(link);
      await bed.store.sweep(link.expiresAt + DAY);
      expect(await bed.store.uploadLink('h1')).not.toBeNull();
      await bed.store.sweep(link.expiresAt + DAY + 1);
      expect(await bed.store.uploadLink('h1')).toBeNull();
    });
  });

  describe(`choices by number in ${bed.engine}`, () => {
    it('are those of the conversation as it stands', async () => {
      const one = await bed.run({}, text('one'));
      expect(await bed.store.offeredChoices(one.conversationId)).toEqual([]);
      const change = (before: Conversation) => ({ ...before, offered: ['a', 'b'] });
      await bed.run({ change }, text('one'));
      expect(await bed.store.offeredChoices(one.conversationId)).toEqual(['a', 'b']);
      expect(await bed.store.offeredChoices('nobody')).toEqual([]);
    });
  });
}
