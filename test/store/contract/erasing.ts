import { describe, expect, it } from 'vitest';
import { base, DAY, deciding, draft, MINUTE, NOW, reply, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

const verdict = { kind: 'notRead' as const };

export function erasingSuite(bed: TestBed): void {
  describe(`what a person leaves behind in ${bed.engine}`, () => {
    /** A conversation with a photo in a case; answers the photo. */
    const openCase = async (chatId: string, caseId: string, serial: string) => {
      const blobId = await bed.store.putBlob(Buffer.from(caseId), 'image/jpeg');
      const { conversationId } = await bed.run(
        {
          heard: { text: `đây là ${serial}`, blobIds: [blobId] },
          effects: [reply('hello'), { kind: 'keepSecret', ref: `s-${caseId}`, text: 'chuỗi' }],
        },
        { ...base(chatId), type: 'photos', blobIds: [blobId] },
      );
      const photos = [{ blobId, reading: null, verdict }];
      const sadp = {
        ref: `s-${caseId}`,
        format: 'A' as const,
        source: 'text' as const,
        exportedAt: null,
        fileSerial: null,
        receivedAt: NOW,
      };
      const made = draft(caseId, serial, { photos, sadp, answer: 'số nhà 5' });
      await bed.store.openCase({ conversationId, draft: made });
      return { blobId, conversationId };
    };
    const decide = (caseId: string, status: 'unbound' | 'rejected') =>
      bed.run({
        effects: [
          {
            kind: 'changeCase',
            caseId,
            revision: 2,
            status,
            reason: null,
            note: 'gọi 0912',
            by: 'lan',
          },
        ],
      });

    it('goes with the person: what was said, photos, strings, and what waits to go out', async () => {
      const { blobId, conversationId } = await openCase('one', 'k1', 'D12345678');
      expect(await bed.store.erasePerson('web', 'one', NOW + DAY)).toEqual([conversationId]);
      await bed.reopen();
      expect(await bed.store.transcript(conversationId, 0, 100)).toEqual([]);
      expect(await bed.store.getBlob(blobId)).toBeNull();
      expect(await bed.store.revealSecret('s-k1')).toBeNull();
      expect(await bed.store.dueEffects(NOW + DAY, 100)).toEqual([]);
      const row = await bed.store.conversationById(conversationId);
      expect(row?.lastText).toBeNull();
      expect(JSON.stringify(row)).not.toContain('"one"');
      expect(await bed.store.conversationByChat('web', 'one')).toBeNull();
    });

    it('cancels open cases, keeps the others bare, and the photos of an unbinding', async () => {
      const open = await openCase('one', 'k1', 'D12345678');
      const unbound = await openCase('one', 'k2', 'D22222222');
      const rejected = await openCase('one', 'k3', 'D33333333');
      await decide('k2', 'unbound');
      await decide('k3', 'rejected');
      await bed.store.erasePerson('web', 'one', NOW + DAY);
      const [k1, k2, k3] = await Promise.all(
        ['k1', 'k2', 'k3'].map((caseId) => bed.store.caseById(caseId)),
      );
      expect(k1).toMatchObject({ status: 'cancelled', decidedBy: 'withdrawal', revision: 2 });
      expect((await bed.store.caseSteps('k1')).at(-1)).toEqual({
        status: 'cancelled',
        at: NOW + DAY,
      });
      expect(k2).toMatchObject({ status: 'unbound', decidedBy: 'lan', serial: 'D22222222' });
      expect(k2?.draft.photos.map((photo) => photo.blobId)).toEqual([unbound.blobId]);
      expect(k3?.draft.photos).toEqual([]);
      for (const one of [k1, k2, k3]) {
        expect(one).toMatchObject({ note: null, draft: { sadp: null, answer: null } });
      }
      expect(await bed.store.getBlob(unbound.blobId)).not.toBeNull();
      expect(await bed.store.getBlob(open.blobId)).toBeNull();
      expect(await bed.store.getBlob(rejected.blobId)).toBeNull();
    });

    it('leaves other persons alone, and the serial free for a new case', async () => {
      const other = await openCase('two', 'k2', 'D22222222');
      await openCase('one', 'k1', 'D12345678');
      await bed.store.erasePerson('web', 'one', NOW);
      expect(await bed.store.getBlob(other.blobId)).not.toBeNull();
      expect((await bed.store.transcript(other.conversationId, 0, 100)).length).toBeGreaterThan(0);
      expect((await bed.store.caseById('k2'))?.status).toBe('submitted');
      const again = await bed.store.openCase({
        conversationId: other.conversationId,
        draft: draft('k9', 'D12345678'),
      });
      expect(again.outcome).toBe('opened');
    });

    it('may be asked for again, and ends where it stopped; who writes again begins anew', async () => {
      const { conversationId } = await openCase('one', 'k1', 'D12345678');
      await bed.store.erasePerson('web', 'one', NOW);
      expect(await bed.store.erasePerson('web', 'one', NOW + MINUTE)).toEqual([]);
      expect((await bed.store.caseById('k1'))?.revision).toBe(2);
      const anew = await bed.run({}, text('one'));
      expect(anew.conversationId).not.toBe(conversationId);
    });

    it('includes events that were set aside', async () => {
      await bed.run({ setAside: 'it threw' }, text('one', 'bí mật'));
      await bed.run({ setAside: 'it threw' }, text('two', 'của người khác'));
      await bed.store.erasePerson('web', 'one', NOW);
      expect(await bed.store.setAsideEvents(10)).toHaveLength(1);
    });
  });

  describe(`what channels ask of ${bed.engine}`, () => {
    it('when a person was last heard: not the bot, and nobody else', async () => {
      const first = text('one');
      const { conversationId } = await bed.run({ heard: { text: 'chào' } }, first);
      await bed.run({ heard: { text: 'alo' } }, text('two'));
      await bed.run({ effects: [reply('hello')] }, { ...text('one'), at: NOW + DAY });
      expect(await bed.store.lastHeard(conversationId)).toBe(first.at);
      expect(await bed.store.lastHeard('nobody')).toBeNull();
    });

    it('which way a line went, the newest way', async () => {
      const [outcome] = await bed.store.commit(
        [text('one')],
        deciding({ effects: [reply('a')] }),
        [],
      );
      const lineId = outcome?.effects[0]?.lineId ?? 0;
      await bed.store.keepWay(lineId, { way: 'wait', why: 'noWay' });
      await bed.store.keepWay(lineId, { way: 'free', why: 'within48h' });
      const [line] = await bed.store.transcript(outcome?.conversationId ?? '', 0, 10);
      expect(line?.way).toEqual({ way: 'free', why: 'within48h' });
    });
  });
}
