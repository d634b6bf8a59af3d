import { describe, expect, it, vi } from 'vitest';
import type { Delivery } from '../../src/channels/contract.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { EngineHouse } from './house.ts';

const quality = { width: 1200, height: 900, sharpness: 100, brightness: 120, contrast: 50 };

function shows(short: string): Reading {
  const serials = [{ short, by: 'qrCode' as const, confidence: 1, anchored: true }];
  return { outcome: 'read', serials, shareQr: false, quality };
}

function held<T>(): { promise: Promise<T>; end: (value: T) => void } {
  let end: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

describe('the engine', () => {
  it('answers once, however often the same event comes', async () => {
    const house = await EngineHouse.build();
    const event = { ...house.base(), type: 'text' as const, text: 'xin chào' };
    await Promise.all([1, 2, 3].map(() => house.engine.accept(event)));
    await vi.waitFor(() => expect(house.platform.delivered.length).toBeGreaterThan(0));
    const heard = (await house.lines()).filter((line) => line.author === 'installer');
    expect(heard).toHaveLength(1);
  });

  it('cancels, visibly, what the bot has not said by the time an agent takes over', async () => {
    const house = await EngineHouse.build();
    await house.text('xin chào');
    await vi.waitFor(async () => {
      const lines = await house.lines();
      expect(lines.every((line) => line.delivery === 'sent')).toBe(true);
    });
    const before = house.platform.delivered.length;
    const slow = held<Delivery>();
    house.platform.answers.push(slow.promise);
    await house.text('mạng khác');
    await house.text('trợ giúp');
    await house.agent('takeOver');
    slow.end({ as: 'sent' });
    await vi.waitFor(async () => {
      const lines = await house.lines();
      expect(lines.filter((line) => line.delivery === 'due')).toEqual([]);
    });
    const late = (await house.lines()).filter((line) => line.delivery === 'cancelled');
    expect(late.length).toBeGreaterThan(0);
    // What was under way went out; of the rest only the news that an agent is there.
    expect(house.platform.delivered.slice(before)).toHaveLength(2);
    expect(house.platform.delivered.at(-1)).toContain('Lan');
  });

  it('goes on after a stop with what was not sent, and with the photo that was being read', async () => {
    const house = await EngineHouse.build();
    const blobId = await house.store.putBlob(Buffer.from('a picture'), 'image/jpeg');
    const reading = held<{ reading: Reading }>();
    house.reader = () => reading.promise;
    await house.text('mạng khác');
    await house.engine.accept({ ...house.base(), type: 'photos', blobIds: [blobId] });
    await vi.waitFor(() => expect(house.platform.delivered.join()).toContain('Em đang xem'));
    const stopped = house.close();
    reading.end({ reading: { outcome: 'failed' } });
    await stopped;
    const readers: unknown[] = [];
    house.reader = async (_bytes, claim, whose) => {
      readers.push([claim, whose]);
      return { reading: shows('D12345678') };
    };
    await house.open();
    await vi.waitFor(() => expect(house.platform.delivered.at(-1)).toContain('D12345678'));
    const row = await house.store.conversationByChat('telegram', 'chat');
    expect(readers).toEqual([[null, row?.conversationId]]);
  });

  it('ends a reading that takes too long by a stored timer, once', async () => {
    const house = await EngineHouse.build();
    const blobId = await house.store.putBlob(Buffer.from('a picture'), 'image/jpeg');
    const reading = held<{ reading: Reading }>();
    house.reader = () => reading.promise;
    await house.text('mạng khác');
    await house.text('D12345678');
    await house.engine.accept({ ...house.base(), type: 'photos', blobIds: [blobId] });
    house.now += 61_000;
    const gaveUp = 'chưa đọc được ảnh';
    await vi.waitFor(() => expect(house.platform.delivered.join()).toContain(gaveUp), 5000);
    reading.end({ reading: shows('D12345678') });
    await house.text('trạng thái');
    const said = (await house.lines()).filter((line) => line.shown.text.includes(gaveUp));
    expect(said).toHaveLength(1);
  });

  it('apologises for a turn that throws, asks for an agent, and keeps the event for operators', async () => {
    const house = await EngineHouse.build();
    await house.text('xin chào');
    const flows = [...house.flows];
    house.flows.clear();
    await house.text('mạng khác, mã bí mật 4711');
    for (const [name, flow] of flows) house.flows.set(name, flow);
    await vi.waitFor(() => expect(house.platform.delivered.at(-1)).toContain('trục trặc'));
    const [aside] = await house.store.setAsideEvents(5);
    expect(aside).toMatchObject({ eventId: 'e2', type: 'text' });
    expect(aside?.why).not.toContain('4711');
    const row = await house.store.conversationByChat('telegram', 'chat');
    expect(row?.owner.who).toBe('queued');
    await house.text('mạng khác');
    await vi.waitFor(() => expect(house.platform.delivered.at(-1)).toContain('seri'));
  });

  it('does not say that a conversation is kept which it cannot read any more', async () => {
    const house = await EngineHouse.build();
    await house.text('xin chào');
    await vi.waitFor(() => expect(house.platform.delivered.length).toBeGreaterThan(0));
    house.damage();
    await house.text('mạng khác');
    await vi.waitFor(() => expect(house.platform.delivered.at(-1)).toContain('điền lại'));
    const [aside] = await house.store.setAsideEvents(5);
    expect(aside).toMatchObject({ eventId: 'e2', type: 'text' });
    await house.text('xin chào');
    await vi.waitFor(() => expect(house.platform.delivered.at(-1)).toContain('mạng LAN'));
  });

  it('waits as long as the platform says, and then goes on in order', async () => {
    const house = await EngineHouse.build();
    await house.text('xin chào');
    await vi.waitFor(() => expect(house.platform.delivered.length).toBeGreaterThan(0));
    await house.agent('takeOver');
    await vi.waitFor(() => expect(house.platform.delivered.at(-1)).toContain('Lan'));
    house.platform.answers.push({ as: 'transient', why: '429', at: house.now + 30_000 });
    await house.agent('say', 'một');
    await house.agent('say', 'hai');
    await new Promise((turn) => setTimeout(turn, 1500));
    expect(house.platform.delivered.at(-1)).toContain('Lan');
    house.now += 31_000;
    await vi.waitFor(
      () => expect(house.platform.delivered.slice(-2)).toEqual(['một', 'hai']),
      5000,
    );
  });

  it('stops writing to somebody who blocked it, until something comes from them', async () => {
    const house = await EngineHouse.build();
    house.platform.answers.push({ as: 'unreachable', why: 'blocked' });
    await house.text('xin chào');
    await vi.waitFor(async () => {
      const sends = (await house.lines()).filter((line) => line.author === 'bot');
      expect(sends.map((line) => line.delivery)).toContain('failed');
      expect(sends.map((line) => line.delivery)).not.toContain('due');
    });
    expect(house.platform.delivered).toEqual([]);
    await house.text('mạng khác');
    await vi.waitFor(() => expect(house.platform.delivered.at(-1)).toContain('seri'));
  });
});
