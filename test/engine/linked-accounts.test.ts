import { describe, expect, it, vi } from 'vitest';
import { readLinkCode } from '../../src/domain/link-code.ts';
import { draft } from '../store/turns.ts';
import { EngineHouse } from './house.ts';

const UNBOUND = 'Thiết bị đã được hủy liên kết';
const PATIENCE = { timeout: 8_000 };

/** Two chats of one person, linked by a code, and a case in the first. */
async function build() {
  const house = await EngineHouse.build();
  const { platform } = house;
  const second = (text: string) =>
    house.engine.accept({ ...house.base(), chatId: 'second', type: 'text', text });
  const hears = (text: string) =>
    vi.waitFor(() => expect(platform.delivered.join('\n')).toContain(text), PATIENCE);
  await house.text('/lienket');
  await hears('Mã liên kết');
  const said = platform.delivered.join('\n');
  const code = /: ([A-Z]{3}-[A-Z]{3}-[A-Z]{3})/.exec(said)?.[1] ?? '';
  expect(readLinkCode(code)).not.toBeNull();
  await second(code);
  await hears('Đã liên kết.');
  await hears('Một kênh khác vừa liên kết');
  const idOf = async (chatId: string) =>
    (await house.store.conversationByChat('telegram', chatId))?.conversationId ?? '';
  const [first, other] = [await idOf('chat'), await idOf('second')];
  await house.store.openCase({ conversationId: first, draft: draft('c1', 'D12345678') });
  const unbind = () =>
    house.engine.accept({
      ...house.base(),
      type: 'caseChanged',
      caseId: 'c1',
      revision: 2,
      status: 'unbound',
    });
  const lines = async (id: string) =>
    (await house.store.transcript(id, 0, 100)).filter(({ shown }) => shown.text.includes(UNBOUND));
  const times = () => platform.delivered.filter((text) => text.includes(UNBOUND)).length;
  return { house, first, other, unbind, hears, lines, times, code };
}

describe('an account with two chats', () => {
  it('shows the code to the person and keeps it nowhere', async () => {
    const { house, first, other, code } = await build();
    for (const id of [first, other]) {
      const kept = JSON.stringify(await house.store.transcript(id, 0, 100));
      expect(kept).not.toContain(code);
      expect(kept).not.toContain(code.replaceAll('-', ''));
    }
  });

  it('is told where the case was opened', async () => {
    const { unbind, hears, lines, times, first, other } = await build();
    await unbind();
    await hears(UNBOUND);
    expect(times()).toBe(1);
    expect((await lines(first))[0]?.toldIn).toBeNull();
    expect(await lines(other)).toEqual([]);
  });

  it('is told in the other chat when the bot was blocked in the first, once', async () => {
    const { house, unbind, lines, times, first, other } = await build();
    house.platform.answers.push({ as: 'unreachable', why: 'blocked' });
    await unbind();
    await vi.waitFor(async () => {
      expect((await lines(other))[0]?.delivery).toBe('sent');
    }, PATIENCE);
    expect(times()).toBe(1);
    const [line] = await lines(first);
    expect(line).toMatchObject({
      delivery: 'sent',
      toldIn: { conversationId: other, channel: 'telegram' },
    });
    expect((await lines(other))[0]?.shown.text).toContain('Hồ sơ gửi từ: Telegram');
  });

  it('is told once although the process ended in between', async () => {
    const { house, unbind, lines, times, first, other } = await build();
    house.platform.answers.push({ as: 'unreachable', why: 'blocked' });
    await unbind();
    await vi.waitFor(async () => {
      expect((await house.store.routesOf(first)).unreachable).toBe('blocked');
    }, PATIENCE);
    await house.close();
    await house.open();
    await vi.waitFor(async () => {
      expect((await lines(other))[0]?.delivery).toBe('sent');
    }, PATIENCE);
    expect(await lines(other)).toHaveLength(1);
    expect(times()).toBe(1);
  });

  it('says at the desk that it failed when neither chat takes it', async () => {
    const { house, unbind, lines, first, other } = await build();
    const blocked = { as: 'unreachable', why: 'blocked' } as const;
    house.platform.answers.push(blocked, blocked);
    await unbind();
    await vi.waitFor(async () => {
      expect((await lines(other))[0]?.delivery).toBe('failed');
    }, PATIENCE);
    expect((await lines(first))[0]?.toldIn?.conversationId).toBe(other);
    await house.text('hồ sơ');
    expect((await house.store.routesOf(first)).unreachable).toBeNull();
  });
});
