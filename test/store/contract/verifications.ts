import { describe, expect, it } from 'vitest';
import type { Application } from '../../../src/dialogue/effect.ts';
import type { Loaded } from '../../../src/store/contract.ts';
import { CLOCK, decided, NOW, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

const application = (applicationId: string, more: Partial<Application> = {}): Application => ({
  applicationId,
  company: 'Công ty An Bình',
  taxCode: '0100112437',
  phone: '+84912345678',
  blobIds: ['b1'],
  submittedAt: NOW,
  ...more,
});
const refused = { status: 'refused' as const, reason: 'Ảnh mờ', by: 'Lan', at: NOW + 1 };
const approved = { status: 'approved' as const, reason: null, by: 'Bình', at: NOW + 2 };

export function verificationsSuite(bed: TestBed): void {
  const chat = async (chatId: string) => (await bed.run({}, text(chatId))).conversationId;
  const waiting = async () =>
    (await bed.store.waitingVerifications(10)).map((row) => row.application.applicationId);
  const accountSeenBy = async (chatId: string): Promise<Loaded['account'] | undefined> => {
    let seen: Loaded['account'] | undefined;
    await bed.store.commit(
      [text(chatId)],
      (_event, loaded) => {
        seen = loaded.account;
        return decided(loaded);
      },
      [],
    );
    return seen;
  };

  describe(`companies that want to be verified in ${bed.engine}`, () => {
    it('wait, oldest first, with all that they said of themselves, after a restart too', async () => {
      const [one, two] = [await chat('one'), await chat('two')];
      await bed.store.keepApplication(two, application('later', { submittedAt: NOW + 5 }));
      await bed.store.keepApplication(one, application('earlier'));
      await bed.store.keepApplication(one, application('earlier'));
      await bed.reopen();
      expect(await waiting()).toEqual(['earlier', 'later']);
      const { accountId = '' } = (await bed.store.conversationById(two)) ?? {};
      const theirs = await bed.store.waitingVerificationsOf(accountId);
      expect(theirs.map((row) => row.application.applicationId)).toEqual(['later']);
      expect(await bed.store.verification('earlier')).toMatchObject({
        conversationId: one,
        channel: 'web',
        chatId: 'one',
        application: application('earlier'),
        status: 'waiting',
        reason: null,
      });
      expect(await bed.store.verification('none')).toBeNull();
    });

    it('give way to a newer application of the same chat', async () => {
      const one = await chat('one');
      await bed.store.keepApplication(one, application('first'));
      await bed.store.keepApplication(one, application('second', { submittedAt: NOW + 9 }));
      expect(await waiting()).toEqual(['second']);
      // The first is tried again by somebody who was slow.
      await bed.store.keepApplication(one, application('second', { submittedAt: NOW + 9 }));
      expect(await waiting()).toEqual(['second']);
    });

    it('are decided once', async () => {
      const one = await chat('one');
      await bed.store.keepApplication(one, application('a'));
      const both = await Promise.all([
        bed.store.decideVerification('a', refused),
        bed.store.decideVerification('a', approved),
      ]);
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await waiting()).toEqual([]);
      const { status, decidedBy } = (await bed.store.verification('a')) ?? {};
      expect([status, decidedBy]).toEqual(both[0] ? ['refused', 'Lan'] : ['approved', 'Bình']);
    });

    it('are known to every turn of their account while they wait', async () => {
      const one = await chat('one');
      expect(await accountSeenBy('one')).toMatchObject({ applied: false });
      await bed.store.keepApplication(one, application('a'));
      expect(await accountSeenBy('one')).toMatchObject({ applied: true, verified: false });
      expect(await accountSeenBy('two')).toMatchObject({ applied: false });
      await bed.store.offerLinkCode(one, 'KTRXMPQBN', CLOCK + 60_000);
      const row = await bed.store.conversationById(one);
      const offer = {
        conversationId: one,
        accountId: row?.accountId ?? '',
        channel: 'web' as const,
        chatId: 'one',
      };
      await bed.run(
        { effects: [{ kind: 'joinAccounts', code: 'KTRXMPQBN', offer, prefer: one }] },
        text('two', 'KTRXMPQBN'),
      );
      expect(await accountSeenBy('two')).toMatchObject({ applied: true });
      expect(await bed.store.conversationsOf(row?.accountId ?? '')).toMatchObject([
        { chatId: 'one' },
        { chatId: 'two' },
      ]);
      await bed.store.decideVerification('a', refused);
      expect(await accountSeenBy('two')).toMatchObject({ applied: false });
    });

    it('go with the person, and once decided with what the person sent', async () => {
      const [one, two] = [await chat('one'), await chat('two')];
      await bed.store.keepApplication(one, application('a'));
      await bed.store.keepApplication(two, application('b'));
      await bed.store.keepApplication(two, application('c', { submittedAt: NOW + 1 }));
      await bed.store.decideVerification('c', refused);
      await bed.store.keepApplication(two, application('d', { submittedAt: NOW + 2 }));
      await bed.store.erasePerson('web', 'one', NOW);
      await bed.store.deletePersonal(two);
      expect(await bed.store.verification('a')).toBeNull();
      expect(await bed.store.verification('c')).toBeNull();
      expect(await waiting()).toEqual(['d']);
    });
  });
}
