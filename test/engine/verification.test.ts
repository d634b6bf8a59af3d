import { describe, expect, it, vi } from 'vitest';
import { createVerifier } from '../../src/cases/verify.ts';
import { EngineHouse } from './house.ts';

async function applied(house: EngineHouse): Promise<string> {
  for (const text of ['chào em', '/verify', 'Công ty An Bình', '0100112437'])
    await house.text(text);
  const blobId = await house.store.putBlob(Buffer.from('giấy phép'), 'image/jpeg');
  await house.engine.accept({ ...house.base(), type: 'photos', blobIds: [blobId] });
  await house.text('0912345678');
  await house.text('gửi');
  return vi.waitFor(async () => {
    const [row] = await house.store.waitingVerifications(10);
    if (!row) throw new Error('The office has no application yet.');
    expect(row.application).toMatchObject({ taxCode: '0100112437', blobIds: [blobId] });
    return row.application.applicationId;
  });
}

const verifierOf = (house: EngineHouse) =>
  createVerifier({
    store: house.store,
    accept: (event) => house.engine.accept(event),
    now: () => house.now,
  });

const said = async (house: EngineHouse) =>
  (await house.lines()).map(({ shown }) => shown.text).join('\n');

describe('a company that applies for its verification', () => {
  it('reaches the office, and hears at once that it is verified', async () => {
    const house = await EngineHouse.build();
    const applicationId = await applied(house);
    const verifier = verifierOf(house);
    expect(await verifier.decide(applicationId, { status: 'approved' }, 'Lan')).toBe(true);
    expect(await said(house)).toContain('Công ty của anh/chị đã được xác minh.');
    const row = await house.store.conversationByChat('telegram', 'chat');
    expect(row?.accountVerified).toBe(true);
    const lines = (await house.lines()).length;
    // A page that sends its decision again tells nobody twice.
    expect(await verifier.decide(applicationId, { status: 'approved' }, 'Lan')).toBe(true);
    const refused = { status: 'refused' as const, reason: 'Sai tên', reopen: [] };
    expect(await verifier.decide(applicationId, refused, 'Bình')).toBe(false);
    expect(await house.lines()).toHaveLength(lines);
  });

  it('keeps its licence photos while they wait, whatever their age, and lets them go afterwards', async () => {
    const house = await EngineHouse.build();
    const applicationId = await applied(house);
    const [row] = await house.store.waitingVerifications(1);
    const [blobId = ''] = row?.application.blobIds ?? [];
    const later = house.now + 400 * 24 * 3_600_000;
    await house.store.deleteExpired({ photos: later, sadpStrings: later });
    expect(await house.store.getBlob(blobId)).not.toBeNull();
    await verifierOf(house).decide(applicationId, { status: 'approved' }, 'Lan');
    await house.store.deleteExpired({ photos: later, sadpStrings: later });
    expect(await house.store.getBlob(blobId)).toBeNull();
  });

  it('is asked again for just what was refused, and the older application is gone', async () => {
    const house = await EngineHouse.build();
    const applicationId = await applied(house);
    const refused = { status: 'refused' as const, reason: 'Số không gọi được', reopen: ['phone'] };
    await verifierOf(house).decide(applicationId, refused, 'Lan');
    expect(await said(house)).toContain('Số không gọi được');
    for (const text of ['sửa ngay', '0987654321', 'gửi']) await house.text(text);
    await vi.waitFor(async () => {
      const rows = await house.store.waitingVerifications(10);
      expect(rows.map(({ application }) => application.phone)).toEqual(['+84987654321']);
    });
  });
});
