import { describe, expect, it } from 'vitest';
import { NOW, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

const SCAN = 'e8448691-0d44-4efb-80ff-8c061140a4a0';
const OTHER_SCAN = '740777c1-21b1-4f9c-a3fa-18d4206ffb83';
const EXPIRES = NOW + 60_000;

export function pairingsSuite(bed: TestBed): void {
  const offer = (codeHash: string, conversationId: string, formId = 'f1') =>
    bed.store.offerPairing({ codeHash, conversationId, formId, expiresAt: EXPIRES }, NOW);
  const claim = (codeHash: string, scanId = SCAN, now = NOW) =>
    bed.store.claimPairing(codeHash, scanId, now);

  describe(`pairing codes in ${bed.engine}`, () => {
    it('lead to the conversation that gave them out, after a restart too', async () => {
      const event = text('one');
      const { conversationId } = await bed.run({}, event);
      expect(await offer('a', conversationId, 'f3')).toBe(true);
      await bed.reopen();
      const { channel, chatId } = event;
      expect(await claim('a')).toEqual({ channel, chatId, formId: 'f3' });
      expect(await claim('b')).toBeNull();
    });

    it('belong to the first scan, which may ask again, and to no other', async () => {
      const { conversationId } = await bed.run({}, text('one'));
      await offer('a', conversationId);
      const both = await Promise.all([claim('a', SCAN), claim('a', OTHER_SCAN)]);
      expect(both.filter((pairing) => pairing !== null)).toHaveLength(1);
      const first = both[0] ? SCAN : OTHER_SCAN;
      expect(await claim('a', first)).not.toBeNull();
      expect(await claim('a', first === SCAN ? OTHER_SCAN : SCAN)).toBeNull();
    });

    it('end with their time', async () => {
      const { conversationId } = await bed.run({}, text('one'));
      await offer('a', conversationId);
      expect(await claim('a', SCAN, EXPIRES)).toBeNull();
      expect(await claim('a', SCAN, EXPIRES - 1)).not.toBeNull();
    });

    it('end with a newer code of the same conversation, unless a scan has used them', async () => {
      const one = await bed.run({}, text('one'));
      const two = await bed.run({}, text('two'));
      await offer('used', one.conversationId);
      await claim('used');
      await offer('older', one.conversationId);
      await offer('theirs', two.conversationId);
      await offer('newer', one.conversationId);
      expect(await claim('older')).toBeNull();
      expect(await claim('newer')).not.toBeNull();
      expect(await claim('theirs')).not.toBeNull();
      expect(await claim('used')).not.toBeNull();
    });

    it('are nobody’s when they are given out twice', async () => {
      const one = await bed.run({}, text('one'));
      const two = await bed.run({}, text('two'));
      expect(await offer('a', one.conversationId)).toBe(true);
      expect(await offer('a', two.conversationId)).toBe(false);
      expect(await claim('a')).toMatchObject({ chatId: text('one').chatId });
    });
  });
}
