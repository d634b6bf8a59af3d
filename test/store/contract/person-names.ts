import { describe, expect, it } from 'vitest';
import type { AccountChange } from '../../../src/dialogue/effect.ts';
import type { Loaded } from '../../../src/store/contract.ts';
import { CLOCK, decided, MINUTE, NOW, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

const CODE = 'KTRXMPQBN';

export function personNamesSuite(bed: TestBed): void {
  const nameAt = async (conversationId: string) =>
    (await bed.store.conversationById(conversationId))?.accountName ?? null;

  describe(`names of people in ${bed.engine}`, () => {
    it('are kept by chat, ahead of the conversation, and the newest counts, after a restart too', async () => {
      await bed.store.keepPersonName('web', 'one', 'Minh');
      await bed.store.keepPersonName('web', 'one', 'Minh Trần');
      await bed.store.keepPersonName('telegram', 'one', 'Somebody else');
      const { conversationId } = await bed.run({}, text('one'));
      await bed.reopen();
      expect(await nameAt(conversationId)).toBe('Minh Trần');
      expect(await bed.store.personName('web', 'one')).toBe('Minh Trần');
      expect(await bed.store.personName('web', 'two')).toBeNull();
      const [row] = await bed.store.inbox('lan', { ids: [conversationId] });
      expect(row?.accountName).toBe('Minh Trần');
      const other = await bed.run({}, text('two'));
      expect(await nameAt(other.conversationId)).toBeNull();
    });

    it('are taken from another chat of the account where this one has none', async () => {
      const phone = await bed.run({}, text('phone'));
      const page = await bed.run({}, text('page'));
      await bed.store.keepPersonName('web', 'phone', 'Minh');
      expect(await nameAt(page.conversationId)).toBeNull();
      await bed.store.offerLinkCode(phone.conversationId, CODE, CLOCK + MINUTE);
      const joins = ({ link: offer }: Loaded): AccountChange[] =>
        offer ? [{ kind: 'joinAccounts', code: CODE, offer, prefer: page.conversationId }] : [];
      await bed.store.commit(
        [text('page', CODE)],
        (_event, loaded) => decided(loaded, { effects: joins(loaded) }),
        [],
      );
      expect(await nameAt(page.conversationId)).toBe('Minh');
      await bed.store.keepPersonName('web', 'page', 'Minh ở văn phòng');
      expect(await nameAt(page.conversationId)).toBe('Minh ở văn phòng');
      expect(await nameAt(phone.conversationId)).toBe('Minh');
    });

    it('are the company’s where nobody said another, once that is verified', async () => {
      const { conversationId } = await bed.run({}, text('one'));
      const row = await bed.store.conversationById(conversationId);
      await bed.store.keepApplication(conversationId, {
        applicationId: 'a1',
        company: 'Công ty An Bình',
        taxCode: '0100112437',
        phone: '+84912345678',
        blobIds: [],
        submittedAt: NOW,
      });
      expect(await nameAt(conversationId)).toBeNull();
      const decision = { status: 'approved' as const, reason: null, by: 'Lan', at: NOW };
      await bed.store.decideVerification('a1', decision);
      await bed.store.setVerified(row?.accountId ?? '', true);
      expect(await nameAt(conversationId)).toBe('Công ty An Bình');
      await bed.store.setVerified(row?.accountId ?? '', false);
      expect(await nameAt(conversationId)).toBeNull();
    });

    it('are listed page by page, the newest conversation first', async () => {
      for (const chat of ['one', 'two', 'three']) {
        await bed.store.keepPersonName('web', chat, chat);
        await bed.run({}, text(chat));
      }
      await bed.run({}, text('nameless'));
      const first = await bed.store.namedConversations(0, 2);
      expect(first.map(({ name }) => name)).toEqual(['three', 'two']);
      const rest = await bed.store.namedConversations(first.at(-1)?.place ?? 0, 2);
      expect(rest.map(({ name }) => name)).toEqual(['one']);
    });

    it('go with what the person sent, by their wish, and with the person', async () => {
      const one = await bed.run({}, text('one'));
      await bed.run({}, text('two'));
      for (const chat of ['one', 'two']) await bed.store.keepPersonName('web', chat, 'Minh');
      await bed.store.deletePersonal(one.conversationId);
      expect(await bed.store.personName('web', 'one')).toBeNull();
      expect(await nameAt(one.conversationId)).toBeNull();
      expect(await bed.store.personName('web', 'two')).toBe('Minh');
      await bed.store.erasePerson('web', 'two', CLOCK);
      expect(await bed.store.personName('web', 'two')).toBeNull();
    });
  });
}
