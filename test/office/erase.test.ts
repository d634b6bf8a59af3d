import { expect, it } from 'vitest';
import { EngineHouse } from '../engine/house.ts';

it('who asks for it has everything deleted that was sent and said, and the audit trail says so', async () => {
  const house = await EngineHouse.build();
  await house.text('xin chào');
  await house.text('khác');
  await house.text('D12345678');
  await expect.poll(() => house.platform.delivered.length).toBeGreaterThan(3);
  await house.text('/dulieu');
  await house.text('2');
  await house.text('1');
  const deleted = () =>
    house.platform.delivered.filter((text) => text.startsWith('Em đã xóa xong'));
  await expect.poll(() => deleted().length, { timeout: 10_000 }).toBe(1);
  const said = (await house.lines()).map(({ shown }) => shown.text).join('\n');
  expect(said).not.toContain('D12345678');
  expect(said).not.toContain('xin chào');
  const row = await house.store.conversationByChat('telegram', 'chat');
  expect(await house.store.auditTrail(10)).toMatchObject([
    { actor: 'installer', action: 'conversation.erase', subject: row?.conversationId },
  ]);
  // The conversation goes on as a new one would.
  await house.text('khác');
  await expect.poll(() => house.platform.delivered.at(-1)).toBeTruthy();
});
