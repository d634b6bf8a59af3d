import { describe, expect, it } from 'vitest';
import type { CaseStatus } from '../../../src/domain/case.ts';
import type { NoticeRow } from '../../../src/store/contract.ts';
import { DAY, draft, MINUTE, NOW } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function officeSuite(bed: TestBed): void {
  describe(`the office in ${bed.engine}`, () => {
    const notice = (key: string, more: Partial<NoticeRow> = {}): NoticeRow => ({
      key,
      kind: 'digest',
      at: NOW,
      caseId: null,
      data: { waiting: 3 },
      ...more,
    });

    /** A case that was sent, and decided a while later. */
    async function aCase(
      caseId: string,
      serial: string,
      end?: { status: CaseStatus; at: number },
      sent = NOW,
    ): Promise<void> {
      const { conversationId } = await bed.run();
      const promise = {
        answerBy: sent + 10 * MINUTE,
        internalTarget: sent + 10 * MINUTE,
        opensAt: null,
        why: 'inHours' as const,
      };
      await bed.store.openCase({
        conversationId,
        draft: draft(caseId, serial, { submittedAt: sent, promise }),
      });
      if (!end) return;
      const change = { caseId, revision: 2, reason: null, note: null, by: 'Lan' };
      const event = { eventId: `end ${caseId}`, at: end.at, channel: 'web' as const };
      await bed.run(
        { effects: [{ kind: 'changeCase', status: end.status, ...change }] },
        { ...event, chatId: 'chat', type: 'timerFired', timer: await timerFor(caseId, end.at) },
      );
    }

    /** Only a timer that is set rings. */
    async function timerFor(caseId: string, at: number): Promise<string> {
      await bed.run({ effects: [{ kind: 'setTimer', timer: `t:${caseId}`, at }] });
      return `t:${caseId}`;
    }

    it('a notice is kept once, however many offer it at a time', async () => {
      const offers = [1, 2, 3, 4].map(() => bed.store.addNotice(notice('digest:1')));
      expect((await Promise.all(offers)).filter(Boolean)).toHaveLength(1);
      expect(await bed.store.addNotice(notice('digest:1', { at: NOW + DAY }))).toBe(false);
      expect(await bed.store.notices(NOW, 10)).toEqual([notice('digest:1')]);
    });

    it('notices are read from a time on, newest first', async () => {
      await aCase('c1', 'D12345678');
      const nudge = notice('nudge:c1', { kind: 'nudge', caseId: 'c1', at: NOW + MINUTE });
      await bed.store.addNotice(notice('old', { at: NOW - DAY }));
      await bed.store.addNotice(notice('a'));
      await bed.store.addNotice(nudge);
      await bed.reopen();
      expect(await bed.store.notices(NOW, 10)).toEqual([nudge, notice('a')]);
      expect(await bed.store.notices(NOW - 2 * DAY, 1)).toEqual([nudge]);
    });

    it('notices are kept for a good year', async () => {
      await bed.store.addNotice(notice('a'));
      await bed.store.sweep(NOW + 399 * DAY);
      expect(await bed.store.notices(0, 10)).toHaveLength(1);
      await bed.store.sweep(NOW + 401 * DAY);
      expect(await bed.store.notices(0, 10)).toEqual([]);
    });

    it('the figures of a day tell what was sent, how it ended, and which promises held', async () => {
      await aCase('kept', 'D10000001', { status: 'unbound', at: NOW + 9 * MINUTE });
      await aCase('late', 'D10000002', { status: 'rejected', at: NOW + 11 * MINUTE });
      await aCase('gone', 'D10000003', { status: 'cancelled', at: NOW + MINUTE });
      await aCase('asked', 'D10000004', { status: 'needsInfo', at: NOW + MINUTE });
      await aCase('open', 'D10000005');
      await aCase('next', 'D10000006', undefined, NOW + DAY);
      expect(await bed.store.caseFigures(NOW, NOW + DAY)).toEqual({
        sent: 5,
        unbound: 1,
        rejected: 1,
        cancelled: 1,
        kept: 1,
        late: 1,
        open: 2,
        overdue: 1,
      });
      expect(await bed.store.caseFigures(NOW - DAY, NOW)).toMatchObject({ sent: 0, open: 0 });
    });
  });
}
