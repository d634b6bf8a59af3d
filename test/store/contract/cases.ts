import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/dialogue/effect.ts';
import { DAY, decided, draft, MINUTE, NOW, reply, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function casesSuite(bed: TestBed): void {
  describe(`cases in ${bed.engine}`, () => {
    it('opens a case once, however often it is asked to, under a rising number', async () => {
      const { conversationId } = await bed.run({});
      const input = { conversationId, draft: draft('k1', 'D12345678') };
      expect(await bed.store.openCase(input)).toEqual({ outcome: 'opened', number: 'UB-000001' });
      await bed.reopen();
      expect(await bed.store.openCase(input)).toEqual({ outcome: 'opened', number: 'UB-000001' });
      const second = { conversationId, draft: draft('k2', 'D22222222') };
      expect(await bed.store.openCase(second)).toEqual({ outcome: 'opened', number: 'UB-000002' });
      const row = await bed.store.conversationById(conversationId);
      expect(await bed.store.caseById('k1')).toEqual({
        caseId: 'k1',
        number: 'UB-000001',
        conversationId,
        accountId: row?.accountId,
        language: 'vi',
        channel: 'web',
        chatId: 'chat',
        formId: 'f1',
        serial: 'D12345678',
        status: 'submitted',
        reason: null,
        note: null,
        decidedBy: null,
        revision: 1,
        submittedAt: NOW,
        updatedAt: NOW,
        answerBy: NOW + 10 * MINUTE,
        draft: input.draft,
      });
    });

    it('tells step by step what became of a case', async () => {
      const { conversationId } = await bed.run({});
      await bed.store.openCase({ conversationId, draft: draft('k1', 'D12345678') });
      await bed.store.openCase({ conversationId, draft: draft('k1', 'D12345678') });
      await bed.run({ effects: [changed('k1', 2, 'needsInfo')] });
      await bed.run({ effects: [changed('k1', 2, 'unbound')] });
      const steps = await bed.store.caseSteps('k1');
      expect(steps.map(({ status }) => status)).toEqual(['submitted', 'needsInfo']);
      expect(steps[0]?.at).toBe(NOW);
      expect(steps[1]?.at).toBe((await bed.store.caseById('k1'))?.updatedAt);
      expect(await bed.store.caseSteps('unknown')).toEqual([]);
    });

    it('writes a new promise to an open case, which is no step and no revision of it', async () => {
      const { conversationId } = await bed.run({});
      await bed.store.openCase({ conversationId, draft: draft('k1', 'D12345678') });
      const before = await bed.store.caseById('k1');
      const answerBy = NOW + 90 * MINUTE;
      const made = { answerBy, internalTarget: answerBy, opensAt: null, why: 'inHours' as const };
      await bed.store.renewPromise('k1', made, NOW + 80 * MINUTE);
      expect(await bed.store.caseById('k1')).toEqual({
        ...before,
        answerBy,
        draft: { ...before?.draft, promise: made, takenAt: NOW + 80 * MINUTE },
      });
      expect(await bed.store.caseSteps('k1')).toHaveLength(1);
      await bed.run({ effects: [changed('k1', 2, 'unbound')] });
      await bed.store.renewPromise('k1', { ...made, answerBy: answerBy + 1 }, NOW + 81 * MINUTE);
      expect((await bed.store.caseById('k1'))?.answerBy).toBe(answerBy);
      await bed.store.renewPromise('unknown', made, NOW);
    });

    it('gives a serial to one open case, and tells whose it is', async () => {
      const one = await bed.run({}, text('one'));
      const two = await bed.run({}, text('two'));
      const open = (conversationId: string, caseId: string) =>
        bed.store.openCase({ conversationId, draft: draft(caseId, 'D12345678') });
      expect(await open(one.conversationId, 'k1')).toMatchObject({ outcome: 'opened' });
      expect(await open(two.conversationId, 'k2')).toEqual({ outcome: 'duplicate', own: false });
      expect(await open(one.conversationId, 'k3')).toEqual({ outcome: 'duplicate', own: true });
      await bed.run({ effects: [changed('k1', 2, 'unbound')] }, text('one'));
      expect(await open(two.conversationId, 'k2')).toMatchObject({ outcome: 'opened' });
    });

    it('gives a serial to one of several that ask at once', async () => {
      const { conversationId } = await bed.run({});
      const drafts = ['k1', 'k2', 'k3', 'k4'].map((caseId) => draft(caseId, 'D12345678'));
      const answers = await Promise.all(
        drafts.map((one) => bed.store.openCase({ conversationId, draft: one })),
      );
      expect(answers.filter(({ outcome }) => outcome === 'opened')).toEqual([
        { outcome: 'opened', number: 'UB-000001' },
      ]);
      expect(await bed.store.casesForDesk({ open: true, limit: 10 })).toHaveLength(1);
    });

    it('refuses a case of a conversation that is not there', async () => {
      const stray = bed.store.openCase({
        conversationId: 'nobody',
        draft: draft('k1', 'D12345678'),
      });
      await expect(stray).rejects.toMatchObject({ code: 'unknownConversation' });
    });

    function changed(caseId: string, revision: number, status: 'unbound' | 'needsInfo'): Effect {
      const rest = { reason: 'other' as const, note: 'xem lại', by: 'Lan' };
      return { kind: 'changeCase', caseId, revision, status, ...rest };
    }

    it('writes a decision with its turn, and drops one that is not newer', async () => {
      const { conversationId } = await bed.run({});
      await bed.store.openCase({ conversationId, draft: draft('k1', 'D12345678') });
      const event = text();
      await bed.run({ effects: [changed('k1', 3, 'needsInfo')] }, event);
      await bed.run({ effects: [changed('k1', 3, 'unbound'), changed('k1', 2, 'unbound')] });
      expect(await bed.store.caseById('k1')).toMatchObject({
        status: 'needsInfo',
        reason: 'other',
        note: 'xem lại',
        decidedBy: 'Lan',
        revision: 3,
        updatedAt: event.at,
        submittedAt: NOW,
      });
    });

    it('takes the repaired draft of a case that is sent again', async () => {
      const { conversationId } = await bed.run({});
      await bed.store.openCase({ conversationId, draft: draft('k1', 'D12345678') });
      const promise = {
        answerBy: NOW + DAY,
        internalTarget: NOW + DAY / 2,
        opensAt: null,
        why: 'afterClosing' as const,
      };
      const repaired = draft('k1', 'D87654321', { promise, submittedAt: NOW + MINUTE });
      await bed.run({
        effects: [
          {
            kind: 'changeCase',
            caseId: 'k1',
            revision: 2,
            status: 'submitted',
            reason: null,
            note: null,
            by: null,
            draft: repaired,
          },
        ],
      });
      expect(await bed.store.caseById('k1')).toMatchObject({
        serial: 'D87654321',
        answerBy: NOW + DAY,
        submittedAt: NOW + MINUTE,
        reason: null,
        draft: repaired,
      });
      const taken = await bed.store.openCase({ conversationId, draft: draft('k2', 'D87654321') });
      expect(taken).toEqual({ outcome: 'duplicate', own: true });
    });

    it('a repair to a serial that is taken keeps the turn and the draft, not the serial', async () => {
      const one = await bed.run({}, text('one'));
      const two = await bed.run({}, text('two'));
      await bed.store.openCase({
        conversationId: one.conversationId,
        draft: draft('k1', 'D11111111'),
      });
      await bed.store.openCase({
        conversationId: two.conversationId,
        draft: draft('k2', 'D22222222'),
      });
      const repaired = draft('k2', 'D11111111');
      const again = { status: 'submitted', reason: null, note: null, by: null } as const;
      await bed.run(
        {
          effects: [
            { kind: 'changeCase', caseId: 'k2', revision: 2, ...again, draft: repaired },
            reply('sent again'),
          ],
        },
        text('two'),
      );
      const row = await bed.store.caseById('k2');
      expect(row).toMatchObject({ serial: 'D22222222', revision: 2, status: 'submitted' });
      expect(row?.draft.serial.short).toBe('D11111111');
    });

    it('lists open cases by when they must be answered, closed ones newest first', async () => {
      const { conversationId } = await bed.run({});
      const open = async (caseId: string, serial: string, internalTarget: number) => {
        const promise = {
          answerBy: NOW + DAY,
          internalTarget,
          opensAt: null,
          why: 'inHours' as const,
        };
        await bed.store.openCase({ conversationId, draft: draft(caseId, serial, { promise }) });
      };
      await open('late', 'D11111111', NOW + 3 * MINUTE);
      await open('soon', 'D22222222', NOW + MINUTE);
      await open('middle', 'D33333333', NOW + 2 * MINUTE);
      await open('closed1', 'D44444444', NOW);
      await open('closed2', 'D55555555', NOW);
      await bed.run({ effects: [changed('closed1', 2, 'unbound')] });
      await bed.run({ effects: [changed('closed2', 2, 'unbound')] });
      const ids = async (filter: { open: boolean; limit: number }) =>
        (await bed.store.casesForDesk(filter)).map(({ caseId }) => caseId);
      expect(await ids({ open: true, limit: 10 })).toEqual(['soon', 'middle', 'late']);
      expect(await ids({ open: true, limit: 1 })).toEqual(['soon']);
      expect(await ids({ open: false, limit: 10 })).toEqual(['closed2', 'closed1']);
    });

    it("gives a turn its account's cases, newest first, each open one included", async () => {
      const { conversationId } = await bed.run({}, text('mine'));
      const other = await bed.run({}, text('theirs'));
      await bed.store.openCase({
        conversationId: other.conversationId,
        draft: draft('theirs', 'D99999999'),
      });
      for (let index = 0; index < 60; index += 1) {
        const serial = `D1${String(index).padStart(7, '0')}`;
        const submittedAt = NOW + index;
        const made = draft(`k${index}`, serial, { submittedAt });
        await bed.store.openCase({ conversationId, draft: made });
        if (index === 0) continue;
        const effects: Effect[] = [changed(`k${index}`, 2, 'unbound')];
        await bed.run({ effects }, text('mine'));
      }
      await bed.store.commit(
        [text('mine')],
        (_, loaded) => {
          const ids = loaded.cases.map(({ caseId }) => caseId);
          const newest = Array.from({ length: 49 }, (_unused, index) => `k${59 - index}`);
          expect(ids).toEqual([...newest, 'k0']);
          expect(loaded.cases[0]).toMatchObject({
            number: 'UB-000061',
            conversationId,
            status: 'unbound',
            revision: 2,
            formId: 'f1',
            serial: 'D10000059',
            submittedAt: NOW + 59,
            answerBy: NOW + 10 * MINUTE,
          });
          expect(loaded.cases[0]?.draft.caseId).toBe('k59');
          return decided(loaded);
        },
        [],
      );
      expect.assertions(3);
    });
  });
}
