import { describe, expect, it } from 'vitest';
import type { AccountChange } from '../../../src/dialogue/effect.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import type { Decide, Loaded } from '../../../src/store/contract.ts';
import { CLOCK, DAY, decided, draft, MINUTE, NOW, reply, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

const CODE = 'KTRXMPQBN';
const OTHER = 'BCFGHJKLM';

const says = (chatId: string, said = 'chào') => text(chatId, said, { channel: 'telegram' });

/** Joins when the code of its event holds, as the dialogue does; tells what it was given. */
function joining(seen: Loaded[] = []): Decide {
  return (_, loaded) => {
    seen.push(loaded);
    const { link, conversationId } = loaded;
    const join: AccountChange[] = link
      ? [{ kind: 'joinAccounts', code: CODE, offer: link, prefer: conversationId }]
      : [];
    return decided(loaded, { effects: [...join, reply(link ? 'joined' : 'wrong')] });
  };
}

/** Uses the code that the event names, whichever it is. */
const joiningBy =
  (code: string): Decide =>
  (_, loaded) => {
    const { link: offer, conversationId: prefer } = loaded;
    const effects: AccountChange[] = offer ? [{ kind: 'joinAccounts', code, offer, prefer }] : [];
    return decided(loaded, { effects });
  };

export function linkingSuite(bed: TestBed): void {
  const accountOf = async (conversationId: string) =>
    (await bed.store.conversationById(conversationId))?.accountId;

  /** Two conversations of two accounts; the first has asked for a code. */
  async function two(): Promise<{ page: string; phone: string }> {
    const { conversationId: page } = await bed.run({}, text('page'));
    const { conversationId: phone } = await bed.run({}, says('phone'));
    await bed.store.offerLinkCode(page, CODE, CLOCK + 15 * MINUTE);
    return { page, phone };
  }

  async function redeem(event: Event = says('phone', CODE), decide = joining()) {
    return bed.store.commit([event], decide, []);
  }

  describe(`accounts of several conversations in ${bed.engine}`, () => {
    it('a turn is given what its code stands for, and joins the account', async () => {
      const { page, phone } = await two();
      const before = await accountOf(page);
      const seen: Loaded[] = [];
      await redeem(says('phone', 'ktr-xmp-qbn'), joining(seen));
      expect(seen[0]?.link).toEqual({
        conversationId: page,
        accountId: before,
        channel: 'web',
        chatId: 'page',
      });
      expect(await accountOf(page)).toBe(before);
      expect(await accountOf(phone)).toBe(before);
      await bed.store.commit([text('page')], joining(seen), []);
      const linked = [{ conversationId: phone, channel: 'telegram', chatId: 'phone' }];
      expect(seen[1]?.account).toEqual({ id: before, verified: false, applied: false, linked });
      expect(await bed.store.routesOf(page)).toEqual({ unreachable: null, others: linked });
      expect((await bed.store.auditTrail(5))[0]).toMatchObject({
        actor: 'installer',
        action: 'account.link',
        subject: phone,
        detail: page,
      });
    });

    it('joins with the first message of a conversation, too', async () => {
      const { page } = await two();
      const [outcome] = await redeem(says('new phone', CODE));
      expect(outcome?.effects).toHaveLength(1);
      expect(await accountOf(outcome?.conversationId ?? '')).toBe(await accountOf(page));
    });

    it('keeps the older account, with the cases and the verification of both', async () => {
      const { conversationId: phone } = await bed.run({}, says('phone'));
      const { conversationId: page } = await bed.run({}, text('page'));
      const [mine, theirs] = [await accountOf(phone), await accountOf(page)];
      await bed.store.setVerified(theirs ?? '', true);
      await bed.store.openCase({ conversationId: page, draft: draft('c1', 'D11111111') });
      await bed.store.openCase({ conversationId: phone, draft: draft('c2', 'D22222222') });
      await bed.store.offerLinkCode(page, CODE, CLOCK + MINUTE);
      await redeem();
      expect([await accountOf(phone), await accountOf(page)]).toEqual([mine, mine]);
      const seen: Loaded[] = [];
      await bed.store.commit([text('page')], joining(seen), []);
      expect(seen[0]?.account.verified).toBe(true);
      expect(seen[0]?.cases.map(({ caseId }) => caseId).sort()).toEqual(['c1', 'c2']);
    });

    it('a code holds once, in its time, and until a newer one is asked for', async () => {
      const { page } = await two();
      const seen: Loaded[] = [];
      await redeem(says('late', CODE), (event, loaded) => joining(seen)(event, loaded));
      await redeem(says('again', CODE), joining(seen));
      await bed.store.offerLinkCode(page, CODE, NOW);
      await redeem(says('too late', CODE), joining(seen));
      await bed.store.offerLinkCode(page, OTHER, CLOCK + MINUTE);
      await bed.store.offerLinkCode(page, CODE.replace('K', 'Z'), CLOCK + MINUTE);
      const replaced = says('replaced', OTHER);
      await redeem({ ...replaced, at: CLOCK + 1 }, joining(seen));
      expect(seen.map(({ link }) => link !== null)).toEqual([true, false, false, false]);
    });

    it('gives so many codes an hour, and counts them again after it', async () => {
      const { page } = await two();
      const asked: boolean[] = [];
      for (const last of 'BCFGHJKL') {
        const code = `KTRXMPQB${last}`;
        asked.push(await bed.store.offerLinkCode(page, code, CLOCK + MINUTE));
      }
      expect(asked).toEqual([true, true, true, true, true, true, true, false]);
      await bed.store.sweep(CLOCK + DAY);
      expect(await bed.store.offerLinkCode(page, 'KTRXMPQBM', CLOCK + MINUTE)).toBe(true);
    });

    it('of several who redeem one code at once, one is joined', async () => {
      const { page } = await two();
      const events = ['a', 'b', 'c', 'd'].map((chat) => says(chat, CODE));
      const outcomes = await Promise.all(
        events.map(async (event) => (await bed.store.commit([event], joining(), []))[0]),
      );
      expect(outcomes.map((one) => one?.outcome)).toEqual(['done', 'done', 'done', 'done']);
      expect((await bed.store.routesOf(page)).others).toHaveLength(1);
      const lines = await Promise.all(
        outcomes.map((one) => bed.deliveries(one?.conversationId ?? '')),
      );
      expect(lines.flat().sort()).toEqual([
        '[joined] due',
        '[wrong] due',
        '[wrong] due',
        '[wrong] due',
      ]);
    });

    it('links that cross make one account', async () => {
      const { page, phone } = await two();
      await bed.store.offerLinkCode(phone, OTHER, CLOCK + MINUTE);
      await Promise.all([
        bed.store.commit([says('phone', CODE)], joiningBy(CODE), []),
        bed.store.commit([text('page', OTHER)], joiningBy(OTHER), []),
      ]);
      expect(await accountOf(page)).toBe(await accountOf(phone));
      expect((await bed.store.routesOf(page)).others).toHaveLength(1);
    });

    it('beside other turns of one commit, each turn counts once', async () => {
      const { page, phone } = await two();
      const due = await bed.send(reply('before'), text('elsewhere'));
      const outcomes = await bed.store.commit(
        [text('page'), says('phone', CODE), says('third', CODE), text('page')],
        joining(),
        [{ effectId: due.effectId, as: 'done' }],
      );
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
      expect(await accountOf(page)).toBe(await accountOf(phone));
      expect((await bed.store.routesOf(page)).others).toHaveLength(1);
      expect(await bed.deliveries(due.conversationId)).toEqual(['[before] sent']);
    });

    it('a delivery of the same message again changes nothing', async () => {
      await two();
      const event = says('phone', CODE);
      await redeem(event);
      expect((await redeem(event))[0]).toMatchObject({ outcome: 'duplicate', effects: [] });
      const trail = await bed.store.auditTrail(10);
      expect(trail.filter(({ action }) => action === 'account.link')).toHaveLength(1);
    });

    it('who leaves takes along the cases of this conversation, and no verification', async () => {
      const { page, phone } = await two();
      await bed.store.openCase({ conversationId: page, draft: draft('c1', 'D11111111') });
      await bed.store.openCase({ conversationId: phone, draft: draft('c2', 'D22222222') });
      await redeem();
      const shared = await accountOf(page);
      await bed.store.setVerified(shared ?? '', true);
      await bed.run({ effects: [{ kind: 'leaveAccount' }] }, says('phone'));
      expect(await accountOf(page)).toBe(shared);
      expect(await accountOf(phone)).not.toBe(shared);
      const seen: Loaded[] = [];
      await bed.store.commit([text('page'), says('phone')], joining(seen), []);
      expect(
        seen.map(({ account, cases }) => [account.verified, cases.map((c) => c.caseId)]),
      ).toEqual([
        [true, ['c1']],
        [false, ['c2']],
      ]);
      expect(seen.map(({ account }) => account.linked)).toEqual([[], []]);
    });

    it('names the preferred conversation first, and none that is unreachable', async () => {
      const { page, phone } = await two();
      const { conversationId: third } = await bed.run({}, says('third'));
      await redeem();
      await bed.store.offerLinkCode(third, CODE, CLOCK + MINUTE);
      const backwards: Decide = (event, loaded) => {
        const { effects, ...rest } = joining()(event, loaded);
        const preferring = effects.map((effect) =>
          effect.kind === 'joinAccounts' ? { ...effect, prefer: third } : effect,
        );
        return { ...rest, effects: preferring };
      };
      await redeem(says('phone', CODE), backwards);
      const order = async () =>
        (await bed.store.routesOf(page)).others.map(({ conversationId }) => conversationId);
      expect(await order()).toEqual([third, phone]);
      const { effectId } = await bed.send(reply('x'), says('third'));
      await bed.settle({ effectId, as: 'unreachable', why: 'blocked' });
      expect(await order()).toEqual([phone]);
    });
  });
}
