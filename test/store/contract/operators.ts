import { describe, expect, it } from 'vitest';
import type { ApiTokenRow } from '../../../src/store/contract.ts';
import { CLOCK, DAY, draft, NOW, push, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function operatorsSuite(bed: TestBed): void {
  describe(`what operators ask of ${bed.engine}`, () => {
    const token: ApiTokenRow = {
      tokenHash: 'h1',
      name: 'report',
      scopes: ['cases:read', 'cases:export'],
      createdAt: NOW,
      createdBy: 'a1',
      expiresAt: NOW + DAY,
    };

    it('knows a token by its hash until it expires or is dropped, and a name once', async () => {
      expect(await bed.store.addApiToken(token)).toBe(true);
      expect(await bed.store.addApiToken({ ...token, tokenHash: 'h2' })).toBe(false);
      await bed.reopen();
      expect(await bed.store.apiToken('h1', NOW)).toEqual(token);
      expect(await bed.store.apiToken('h1', NOW + DAY)).toBeNull();
      expect(await bed.store.apiToken('h2', NOW)).toBeNull();
      expect(await bed.store.apiTokens()).toEqual([token]);
      expect(await bed.store.dropApiToken('report')).toBe(true);
      expect(await bed.store.dropApiToken('report')).toBe(false);
      expect(await bed.store.apiToken('h1', NOW)).toBeNull();
    });

    it('lists what failed for good without its content, and makes it due again once', async () => {
      const sent = draft('k1', 'D12345678');
      const { conversationId, effects } = await bed.run(
        { effects: [push('news'), { kind: 'submit', draft: sent }] },
        text('chat'),
      );
      const [news, submit] = effects;
      if (!news || !submit) throw new Error('no effects');
      await bed.settle({ effectId: news.effectId, as: 'ambiguous', why: 'stopped' });
      await bed.settle({ effectId: submit.effectId, as: 'dead', why: 'refused with status 422' });
      const about = { conversationId, channel: 'web', attempts: 1 };
      expect(await bed.store.deadLetters(10)).toMatchObject([
        { ...about, kind: 'submit', state: 'dead', caseId: 'k1', why: 'refused with status 422' },
        { ...about, kind: 'send', state: 'ambiguous', caseId: null, why: 'stopped' },
      ]);
      const later = CLOCK + 10 * DAY;
      expect(await bed.store.reviveEffect(submit.effectId, later)).toBe(true);
      expect(await bed.store.reviveEffect(submit.effectId, later)).toBe(false);
      expect(await bed.store.reviveEffect(news.effectId, later)).toBe(true);
      expect(await bed.store.deadLetters(10)).toEqual([]);
      const due = await bed.store.dueEffects(later, 10);
      expect(due.map(({ effectId }) => effectId)).toEqual([news.effectId, submit.effectId]);
      expect(due[0]).toMatchObject({ expiresAt: later + 3 * DAY, attempts: 0, attemptedAt: null });
      const [line] = await bed.store.transcript(conversationId, 0, 10);
      expect(line?.delivery).toBe('due');
    });

    it('tells the cases of a stretch of time page by page, each once', async () => {
      const { conversationId } = await bed.run();
      for (const [index, at] of [0, 1, 1, 1, 2, 9].entries()) {
        const one = draft(`c${index}`, `D${10_000_000 + index}`, { submittedAt: NOW + at });
        await bed.store.openCase({ conversationId, draft: one });
      }
      const range = { from: NOW + 1, to: NOW + 9 };
      const first = await bed.store.casesSent(range, null, 2);
      const second = await bed.store.casesSent(range, first.at(-1) ?? null, 10);
      expect([first, second].map((page) => page.map(({ caseId }) => caseId))).toEqual([
        ['c1', 'c2'],
        ['c3', 'c4'],
      ]);
    });
  });
}
