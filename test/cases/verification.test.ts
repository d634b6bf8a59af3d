import { describe, expect, it } from 'vitest';
import type { VerificationState } from '../../src/cases/http/schemas.ts';
import { CasesHouse } from './house.ts';

const MINUTE = 60_000;
const VERIFIED = 'đã được xác minh';

async function houseWithCompany(): Promise<{ house: CasesHouse; id: string }> {
  const house = await CasesHouse.build();
  const id = await house.applies('an');
  await house.settles();
  return { house, id };
}

/** Delivers a decision as the server would, once. */
function tell(
  house: CasesHouse,
  id: string,
  decision: Partial<VerificationState>,
): Promise<number> {
  return house.server.deliver(house.server.signed(house.server.verify(id, decision)));
}

describe('a company that somebody’s server verifies', () => {
  it('arrives with its licence, once, however often it is handed over', async () => {
    const house = await CasesHouse.build();
    const picture = Buffer.alloc(200_000, 5);
    const blobId = await house.store.putBlob(picture, 'image/jpeg');
    house.server.mood = 'answerLost';
    const id = await house.applies('an', { blobIds: [blobId] });
    await house.settles();
    house.server.mood = 'well';
    house.later += MINUTE;
    await house.settles();
    const kept = house.server.applications.get(id);
    expect(kept?.application).toMatchObject({
      applicationId: id,
      company: 'Công ty TNHH Camera An Bình',
      taxCode: '0100112437',
      phone: '+84912345678',
      language: 'vi',
      licence: ['licence-1'],
    });
    expect(kept?.licence.get('licence-1')?.equals(picture)).toBe(true);
    expect(house.server.applications.size).toBe(1);
    // Of the lost answer the person heard once, and nothing of the rest.
    expect(house.heard('an')).toEqual([expect.stringContaining('đã được lưu an toàn')]);
    expect(house.logged.join()).not.toMatch(/An Bình|0100112437|84912345678/);
  });

  it('is verified by a webhook, and told so once although it comes twice', async () => {
    const { house, id } = await houseWithCompany();
    const webhook = house.server.signed(
      house.server.verify(id, { status: 'approved', by: 'Chị Hoa' }),
    );
    expect(await house.server.deliver(webhook)).toBe(200);
    expect(await house.server.deliver(webhook)).toBe(200);
    await house.settles();
    expect(await house.isVerified('an')).toBe(true);
    expect(house.heard('an')).toEqual([expect.stringContaining(VERIFIED)]);
    expect(await house.store.verification(id)).toMatchObject({
      status: 'approved',
      decidedBy: 'Chị Hoa',
    });
  });

  it('hears why it is refused, and what the server says afterwards changes nothing', async () => {
    const { house, id } = await houseWithCompany();
    const refused = { status: 'refused', reason: 'Giấy phép mờ', reopen: ['licence' as const] };
    expect(await tell(house, id, refused)).toBe(200);
    expect(await tell(house, id, { status: 'approved' })).toBe(200);
    await house.settles();
    expect(house.heard('an')).toEqual([expect.stringContaining('Giấy phép mờ')]);
    expect(await house.isVerified('an')).toBe(false);
  });

  it('is found verified by asking, where the webhook was lost', async () => {
    const { house, id } = await houseWithCompany();
    await house.reconciler.round();
    expect(await house.isVerified('an')).toBe(false);
    house.server.verify(id, { status: 'approved' });
    await house.reconciler.round();
    await house.settles();
    expect(await house.isVerified('an')).toBe(true);
    const asked = () => house.server.asked.filter(({ what }) => what === 'verification').length;
    await house.reconciler.round();
    const before = asked();
    await house.reconciler.round();
    expect(asked()).toBe(before);
  });

  it('is verified after all where a turn could not be kept the first time', async () => {
    const { house, id } = await houseWithCompany();
    const { decideVerification } = house.store;
    house.store.decideVerification = () => Promise.reject(new Error('disk full'));
    const webhook = house.server.signed(house.server.verify(id, { status: 'approved' }));
    expect(await house.server.deliver(webhook)).toBe(503);
    house.store.decideVerification = decideVerification;
    expect(await house.server.deliver(webhook)).toBe(200);
    await house.settles();
    expect(await house.isVerified('an')).toBe(true);
    expect(house.heard('an')).toHaveLength(1);
    expect((await house.store.verification(id))?.status).toBe('approved');
  });

  it('waits under a status of the server’s own, and is refused nothing that does not fit', async () => {
    const { house, id } = await houseWithCompany();
    expect(await tell(house, id, { status: 'calledBack' })).toBe(200);
    const noReason = { applicationId: id, status: 'refused' };
    expect(await house.server.deliver(house.server.signed(noReason))).toBe(422);
    const nobody = { applicationId: 'nobody', status: 'approved' };
    expect(await house.server.deliver(house.server.signed(nobody))).toBe(404);
    expect((await house.store.verification(id))?.status).toBe('waiting');
    expect(house.heard('an')).toEqual([]);
  });

  it('that was replaced by a newer application is withdrawn there', async () => {
    const { house, id } = await houseWithCompany();
    house.later += MINUTE;
    const newer = await house.applies('an', { company: 'Công ty An Bình Mới' });
    await house.settles();
    await house.reconciler.round();
    expect(house.server.applications.get(id)?.state.status).toBe('withdrawn');
    expect(house.server.applications.get(newer)?.state.status).toBe('waiting');
    const withdrawals = () => house.server.asked.filter(({ what }) => what === 'withdraw').length;
    await house.reconciler.round();
    expect(withdrawals()).toBe(1);
  });

  it('whose data are deleted is withdrawn there, once the server answers', async () => {
    const { house, id } = await houseWithCompany();
    await house.store.erasePerson('web', 'an', house.now());
    house.server.mood = 'down';
    await expect(house.reconciler.round()).rejects.toThrow();
    house.server.mood = 'well';
    await expect
      .poll(() =>
        house.reconciler.round().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    expect(house.server.applications.get(id)?.state.status).toBe('withdrawn');
  });

  it('that the server will not take gets a human, and can be sent again', async () => {
    const house = await CasesHouse.build();
    house.server.mood = 'refusing';
    const id = await house.applies('an');
    await house.settles();
    expect(house.heard('an')).toEqual([expect.stringContaining('hệ thống xử lý không nhận')]);
    expect(await house.remembered('an')).toMatchObject({
      owner: { who: 'queued' },
      waiting: { why: 'applicationUntaken' },
    });
    house.server.mood = 'well';
    const [letter] = await house.store.deadLetters(10);
    expect(letter).toMatchObject({ kind: 'apply' });
    await house.store.reviveEffect(letter?.effectId ?? 0, house.now());
    await house.settles();
    expect(house.server.applications.has(id)).toBe(true);
  });

  it('stays with the desk when it was handed in there', async () => {
    const house = await CasesHouse.build();
    const id = await house.applies('an', { backend: 'desk' });
    await house.settles();
    expect(house.server.applications.size).toBe(0);
    const foreign = { applicationId: id, status: 'approved' };
    expect(await house.server.deliver(house.server.signed(foreign))).toBe(404);
    expect(await house.isVerified('an')).toBe(false);
  });
});
