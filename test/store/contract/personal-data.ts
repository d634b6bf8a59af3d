import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/dialogue/conversation.ts';
import type { CaseStatus } from '../../../src/domain/case.ts';
import { CLOCK, DAY, draft, push, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function personalDataSuite(bed: TestBed): void {
  describe(`people's data in ${bed.engine}`, () => {
    const nothing = { photos: 0, sadpStrings: 0 };
    /** A long time after everything here. */
    const LATER = CLOCK + 400 * DAY;
    const all = { photos: LATER, sadpStrings: LATER };

    /** A conversation with a photo and a string in a case, and the case's end. */
    async function sent(chatId: string, serial: string, status: CaseStatus | null) {
      const blobId = await bed.store.putBlob(Buffer.from(serial), 'image/jpeg');
      const ref = `${serial}:f1:s1`;
      const photos = { ...text(chatId), type: 'photos' as const, blobIds: [blobId] };
      const keep = { kind: 'keepSecret' as const, ref, text: 'AwAAA' };
      const { conversationId } = await bed.run(
        { effects: [keep, push('hello')], heard: { text: 'xin chào', blobIds: [blobId] } },
        photos,
      );
      const sadp = {
        ref,
        format: 'A' as const,
        source: 'text' as const,
        exportedAt: null,
        fileSerial: null,
        receivedAt: CLOCK,
      };
      const reading = { outcome: 'failed' as const };
      const verdict = { kind: 'notRead' as const };
      const caseId = `case-${serial}`;
      await bed.store.openCase({
        conversationId,
        draft: draft(caseId, serial, { sadp, photos: [{ blobId, reading, verdict }] }),
      });
      if (status !== null) {
        const end = { caseId, revision: 2, reason: null, note: 'cổng sau', by: 'Lan' };
        await bed.run(
          { effects: [{ kind: 'changeCase', status, ...end }] },
          text(chatId, 'x', { at: CLOCK }),
        );
      }
      return { conversationId, blobId, ref, caseId };
    }

    const held = async ({ blobId, ref }: { blobId: string; ref: string }) => [
      (await bed.store.getBlob(blobId)) !== null,
      (await bed.store.revealSecret(ref)) !== null,
    ];

    it('goes after its time: photos and strings of ended cases, each by its own', async () => {
      const ended = await sent('a', 'D10000001', 'unbound');
      const open = await sent('b', 'D10000002', null);
      expect(await bed.store.deleteExpired({ photos: CLOCK, sadpStrings: CLOCK })).toEqual([]);
      expect(await held(ended)).toEqual([true, true]);
      const stringsOnly = { photos: CLOCK, sadpStrings: CLOCK + 1 };
      expect(await bed.store.deleteExpired(stringsOnly)).toEqual([
        { conversationId: ended.conversationId, ...nothing, sadpStrings: 1, lines: 0 },
      ]);
      expect(await held(ended)).toEqual([true, false]);
      expect(await bed.store.deleteExpired(all)).toMatchObject([{ photos: 1, sadpStrings: 0 }]);
      expect(await held(ended)).toEqual([false, false]);
      expect(await held(open)).toEqual([true, true]);
      expect(await bed.store.deleteExpired(all)).toEqual([]);
    });

    it('stays while an open case or an unfinished form holds it, too', async () => {
      const ended = await sent('a', 'D10000001', 'rejected');
      await bed.store.openCase({
        conversationId: ended.conversationId,
        draft: {
          ...draft('repair', 'D10000001'),
          photos: [
            { blobId: ended.blobId, reading: { outcome: 'failed' }, verdict: { kind: 'notRead' } },
          ],
        },
      });
      const holding = (before: Conversation) => ({
        ...before,
        heldSecrets: [ended.ref],
      });
      await bed.run({ change: holding }, text('a'));
      expect(await bed.store.deleteExpired(all)).toEqual([]);
      expect(await held(ended)).toEqual([true, true]);
    });

    it('one string is not taken for another whose name begins alike', async () => {
      const { conversationId } = await bed.run({
        effects: [
          { kind: 'keepSecret', ref: 'c:f1:s1', text: 'a' },
          { kind: 'keepSecret', ref: 'c:f1:s11', text: 'b' },
        ],
        change: (before) => ({ ...before, heldSecrets: ['c:f1:s11'] }),
      });
      expect(await bed.store.deleteExpired(all)).toMatchObject([
        { conversationId, sadpStrings: 1 },
      ]);
      expect(await bed.store.revealSecret('c:f1:s1')).toBeNull();
      expect(await bed.store.revealSecret('c:f1:s11')).toBe('b');
    });

    it('is counted, and deleted at a wish: what was sent and said, not what the office decided', async () => {
      const mine = await sent('a', 'D10000001', 'unbound');
      const theirs = await sent('b', 'D10000002', 'unbound');
      const { conversationId } = mine;
      await bed.store.savePushSubscription(conversationId, {
        endpoint: 'https://push.example/1',
        keys: { p256dh: 'a', auth: 'b' },
      });
      const [due] = await bed.store.dueEffects(CLOCK, 10);
      await bed.settle({ effectId: due?.effectId ?? 0, as: 'done' });
      expect(await bed.store.personalData(conversationId)).toEqual({
        photos: 1,
        sadpStrings: 1,
        lines: 2,
      });
      expect(await bed.store.deletePersonal(conversationId)).toEqual({
        photos: 1,
        sadpStrings: 1,
        lines: 2,
      });
      expect(await held(mine)).toEqual([false, false]);
      expect(await bed.store.transcript(conversationId, 0, 10)).toEqual([]);
      expect(await bed.store.pushSubscriptions(conversationId)).toEqual([]);
      const row = await bed.store.caseById(mine.caseId);
      expect(row).toMatchObject({ serial: 'D10000001', status: 'unbound', note: null });
      expect(row?.draft).toMatchObject({ photos: [], sadp: null, answer: null });
      expect(await held(theirs)).toEqual([true, true]);
      expect(await bed.store.transcript(theirs.conversationId, 0, 10)).not.toEqual([]);
      expect(await bed.store.deletePersonal(conversationId)).toMatchObject(nothing);
    });

    it('a line that is still to be sent is sent, and an open case keeps its evidence', async () => {
      const open = await sent('a', 'D10000001', null);
      await bed.store.deletePersonal(open.conversationId);
      expect(await held(open)).toEqual([true, true]);
      const due = await bed.store.dueEffects(CLOCK, 10);
      expect(due.map(({ shown }) => shown?.text)).toEqual(['[hello]']);
      expect(await bed.deliveries(open.conversationId)).toEqual(['[hello] due']);
    });
  });
}
