import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../src/cases/http/schemas.ts';
import { CasesHouse } from './house.ts';
import { SECRET } from './reference-server.ts';

const CASE = 'an-D12345678';

async function houseWithCase(): Promise<CasesHouse> {
  const house = await CasesHouse.build();
  await house.sends('an', 'D12345678');
  await house.settles();
  return house;
}

/** Delivers a change as the server would, once. */
async function tell(house: CasesHouse, change: Partial<CaseState>): Promise<number> {
  return house.server.deliver(house.server.signed(house.server.change(CASE, change)));
}

describe('a webhook of the case server', () => {
  it('tells the installer and the desk what was decided, and by whom', async () => {
    const house = await houseWithCase();
    expect(await tell(house, { status: 'inReview', by: 'Chị Hoa' })).toBe(200);
    expect(await tell(house, { status: 'unbound', by: 'Chị Hoa' })).toBe(200);
    await house.settles();
    expect(house.heard('an')).toEqual([
      expect.stringContaining('Nhân viên đang xem hồ sơ UB-000001'),
      expect.stringContaining('Thiết bị đã được hủy liên kết'),
    ]);
    expect(await house.store.caseById(CASE)).toMatchObject({
      status: 'unbound',
      decidedBy: 'Chị Hoa',
      revision: 4,
    });
  });

  it('that is forged, altered or old changes nothing', async () => {
    const house = await houseWithCase();
    const state = house.server.change(CASE, { status: 'unbound' });
    const good = house.server.signed(state);
    const { 'webhook-signature': _, ...unsigned } = good.headers;
    const bad = [
      house.server.signed(state, new Date(), 'another secret, guessed'),
      house.server.signed(state, new Date(Date.now() - 6 * 60_000)),
      house.server.signed(state, new Date(Date.now() + 6 * 60_000)),
      { ...good, body: good.body.replace('unbound', 'rejected') },
      { ...good, headers: { ...good.headers, 'webhook-id': 'msg_other' } },
      { ...good, headers: unsigned },
      { ...good, headers: { ...good.headers, 'webhook-timestamp': 'now' } },
    ];
    for (const delivery of bad) expect(await house.server.deliver(delivery)).toBe(401);
    expect(await house.store.caseById(CASE)).toMatchObject({ status: 'submitted', revision: 1 });
    expect(house.logged.join()).not.toContain(SECRET);
    expect(await house.server.deliver(good)).toBe(200);
  });

  it('that is replayed is taken once', async () => {
    const house = await houseWithCase();
    const first = house.server.signed(house.server.change(CASE, { status: 'inReview' }));
    for (let time = 0; time < 3; time += 1) expect(await house.server.deliver(first)).toBe(200);
    await tell(house, { status: 'unbound' });
    expect(await house.server.deliver(first)).toBe(200);
    await house.settles();
    expect(house.heard('an')).toHaveLength(2);
    expect((await house.store.caseById(CASE))?.status).toBe('unbound');
  });

  it('may come in any order and any number: the newest revision stands, nothing is told twice', async () => {
    const house = await CasesHouse.build();
    let serial = 20_000_000;
    const orders = fc
      .shuffledSubarray([0, 1, 2], { minLength: 3 })
      .chain((order) => fc.tuple(fc.constant(order), fc.array(fc.nat(2), { maxLength: 4 })));
    await fc.assert(
      fc.asyncProperty(orders, async ([order, again]) => {
        serial += 1;
        const chatId = `chat-${serial}`;
        const caseId = await house.sends(chatId, `D${serial}`);
        await house.settles();
        const changes: Partial<CaseState>[] = [
          { status: 'inReview' },
          { status: 'needsInfo', questions: ['Ảnh tem ở đâu ạ?'] },
          { status: 'unbound' },
        ];
        const webhooks = changes.map((change) =>
          house.server.signed(house.server.change(caseId, change)),
        );
        const plan = [...order, ...again].flatMap((index) => webhooks[index] ?? []);
        await Promise.all(plan.map((webhook) => house.server.deliver(webhook)));
        await house.settles();
        expect((await house.store.caseById(caseId))?.status).toBe('unbound');
        const heard = house.heard(chatId);
        expect(new Set(heard).size).toBe(heard.length);
        expect(heard.at(-1)).toContain('Thiết bị đã được hủy liên kết');
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('asks the installer what the server asks, and brings the answer as the same case', async () => {
    const house = await houseWithCase();
    await tell(house, { status: 'needsInfo', questions: ['Mua ở đâu ạ?', 'Ngày nào ạ?'] });
    await house.settles();
    expect(house.heard('an').at(-1)).toContain('Mua ở đâu ạ?\nNgày nào ạ?');
    expect(await house.store.caseById(CASE)).toMatchObject({ status: 'needsInfo', revision: 3 });
    const row = await house.store.caseById(CASE);
    if (!row) throw new Error('no case');
    const again = { ...row.draft, answer: 'Chợ Lớn, hôm qua', submittedAt: row.submittedAt + 1 };
    const resent = { kind: 'changeCase', status: 'submitted', reason: null, note: null } as const;
    await house.turn('an', [
      { ...resent, by: null, caseId: CASE, revision: 4, draft: again },
      { kind: 'submit', draft: again },
    ]);
    await house.settles();
    const kept = house.server.cases.get(CASE);
    expect(kept?.keys).toHaveLength(2);
    expect(kept?.submission).toMatchObject({ answer: 'Chợ Lớn, hôm qua', revision: 4 });
    expect(kept?.state.revision).toBe(5);
    expect(house.server.cases.size).toBe(1);
    await tell(house, { status: 'unbound' });
    expect((await house.store.caseById(CASE))?.status).toBe('unbound');
  });

  it('with a status that nobody knows here is shown, and the case stays where it is', async () => {
    const house = await houseWithCase();
    const change = { status: 'sentToFactory', statusText: 'đã chuyển cho hãng' };
    const webhook = house.server.signed(house.server.change(CASE, change));
    expect(await house.server.deliver(webhook)).toBe(200);
    expect(await house.server.deliver(webhook)).toBe(200);
    await house.settles();
    expect(house.heard('an')).toEqual([expect.stringContaining('“đã chuyển cho hãng”')]);
    expect(await house.store.caseById(CASE)).toMatchObject({
      status: 'submitted',
      note: 'đã chuyển cho hãng',
    });
    await tell(house, { status: 'rejected', reason: 'stolenDevice', note: 'xem công văn' });
    expect(await house.store.caseById(CASE)).toMatchObject({
      status: 'rejected',
      reason: 'other',
      note: 'stolenDevice: xem công văn',
    });
  });

  it('that does not fit the contract is refused with what to look at', async () => {
    const house = await houseWithCase();
    const asksNothing: CaseState = { caseId: CASE, revision: 9, status: 'needsInfo' };
    const unknown: CaseState = { caseId: 'nobody-f1', revision: 2, status: 'unbound' };
    expect(await house.server.deliver(house.server.signed(asksNothing))).toBe(422);
    expect(await house.server.deliver(house.server.signed(unknown))).toBe(404);
    const notOurs = await house.sends('binh', 'D12345679', { backend: 'desk' });
    await house.settles();
    const desks = house.server.signed({ caseId: notOurs, revision: 2, status: 'unbound' });
    expect(await house.server.deliver(desks)).toBe(404);
    expect((await house.store.caseById(notOurs))?.status).toBe('submitted');
  });
});

describe('asking the case server', () => {
  it('finds what a lost webhook would have told, once', async () => {
    const house = await houseWithCase();
    const state = house.server.change(CASE, { status: 'unbound' });
    await house.reconciler.round();
    await house.reconciler.round();
    await house.server.deliver(house.server.signed(state));
    await house.settles();
    expect(house.heard('an')).toHaveLength(1);
    expect((await house.store.caseById(CASE))?.status).toBe('unbound');
  });

  it('asks about each open case in turn, and no more once it is closed', async () => {
    const house = await CasesHouse.build();
    for (let index = 0; index < 120; index += 1)
      await house.sends(`c${index}`, `D${30_000_000 + index}`);
    await house.settles();
    await house.reconciler.round();
    await house.reconciler.round();
    const about = house.server.asked.flatMap(({ what, caseId }) =>
      what === 'state' ? caseId : [],
    );
    expect(about).toHaveLength(200);
    expect(new Set(about).size).toBe(120);
  }, 60_000);

  it('withdraws there what was deleted here, once', async () => {
    const house = await houseWithCase();
    await house.store.erasePerson('web', 'an', house.now());
    await house.reconciler.round();
    await house.reconciler.round();
    expect(house.server.cases.get(CASE)?.state.status).toBe('cancelled');
    expect(house.server.asked.filter(({ what }) => what === 'cancel')).toHaveLength(1);
  });
});
