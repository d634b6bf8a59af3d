import { describe, expect, it, vi } from 'vitest';
import { FairLine } from '../../src/engine/fair-line.ts';
import type { DueEffect } from '../../src/store/contract.ts';
import { EngineHouse } from './house.ts';

const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

describe('somebody who sends hundreds of messages in a minute', () => {
  it('is told once, loses none, and does not hold anybody up', async () => {
    const house = await EngineHouse.build();
    const begun = house.now;
    const flood = Array.from({ length: 300 }, (_, index) =>
      house.engine.accept({
        ...house.base(),
        at: begun + index * 100,
        type: 'text',
        text: `dạ ${index}`,
      }),
    );
    const other = house.engine.accept({
      ...house.base(),
      at: begun + 1_000,
      chatId: 'other',
      type: 'text',
      text: 'xin chào',
    });
    await other;
    await Promise.all(flood);
    const row = await house.store.conversationByChat('telegram', 'other');
    await vi.waitFor(
      async () => {
        const lines = await house.store.transcript(row?.conversationId ?? '', 0, 100);
        expect(lines.some((line) => line.author === 'bot' && line.delivery === 'sent')).toBe(true);
      },
      { timeout: 15_000 },
    );
    const own = await house.store.conversationByChat('telegram', 'chat');
    const lines = await house.store.transcript(own?.conversationId ?? '', 0, 10_000);
    const heard = lines.filter(({ author }) => author === 'installer');
    expect(heard.map(({ shown }) => shown.text)).toEqual(flood.map((_, index) => `dạ ${index}`));
    const told = lines.filter(({ reply }) => reply?.key === 'pace.slow');
    expect(told).toHaveLength(1);
    await soon(() => {
      const said = house.platform.delivered.filter((text) => text.includes('gửi khá nhanh'));
      expect(said).toHaveLength(1);
    });
  });

  it('is told again the next time, but not while it goes on', async () => {
    const house = await EngineHouse.build();
    const minute = async (starts: number, count: number) => {
      for (let index = 0; index < count; index += 1) {
        const at = starts + Math.floor((index * 59_000) / count);
        await house.engine.accept({ ...house.base(), at, type: 'text', text: `${index}` });
      }
    };
    const times = async () =>
      (await house.lines()).filter(({ reply }) => reply?.key === 'pace.slow').length;
    const begun = house.now;
    await minute(begun, 40);
    expect(await times()).toBe(0);
    await minute(begun + 60_000, 60);
    await minute(begun + 120_000, 60);
    expect(await times()).toBe(1);
    await minute(begun + 180_000, 5);
    await minute(begun + 240_000, 60);
    expect(await times()).toBe(2);
  });
});

describe('effects that wait', () => {
  const due = (effectId: number, conversationId: string) =>
    ({ effectId, conversationId }) as DueEffect;

  it('are begun in turn by conversation, and in order within one', () => {
    const line = new FairLine();
    for (let id = 1; id <= 300; id += 1) line.push(due(id, 'many'));
    line.push(due(301, 'one'));
    line.push(due(302, 'two'));
    line.push(due(303, 'two'));
    const begun: number[] = [];
    for (let next = line.shift(); next; next = line.shift()) begun.push(next.effectId);
    expect(begun.slice(0, 6)).toEqual([1, 301, 302, 2, 303, 3]);
    expect(begun).toHaveLength(303);
    expect(begun.filter((id) => id <= 300)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    expect(line.length).toBe(0);
  });
});
