import { describe, expect, it } from 'vitest';
import { CasesHouse } from './house.ts';

const MINUTE = 60_000;
const WAITS = 'được lưu an toàn';
const TAKEN = 'đã trả lời lại và nhận hồ sơ';
const UNTAKEN = 'hệ thống xử lý không nhận';

describe('a case that somebody’s server decides', () => {
  it('arrives with its photos and its string, and no log tells of them', async () => {
    const house = await CasesHouse.build();
    const picture = Buffer.alloc(300_000, 7);
    const blobId = await house.store.putBlob(picture, 'image/jpeg');
    await house.turn('an', [
      { kind: 'keepSecret', ref: 's1', text: 'STRING-OF-THE-DEVICE-0123456789' },
    ]);
    const caseId = await house.sends('an', 'D12345678', {
      photos: [{ blobId, reading: null, verdict: { kind: 'unreadable', why: 'blurred' } as never }],
      sadp: {
        ref: 's1',
        format: 'A',
        source: 'text',
        exportedAt: null,
        fileSerial: null,
        receivedAt: Date.parse('2026-11-23T10:00:00+07:00'),
      },
    });
    await house.settles();
    const kept = house.server.cases.get(caseId);
    expect(kept?.submission).toMatchObject({
      caseId,
      number: 'UB-000001',
      serial: { short: 'D12345678', full: null },
      sadp: { text: 'STRING-OF-THE-DEVICE-0123456789', receivedAt: '2026-11-23T03:00:00.000Z' },
      photos: [{ part: 'photo-1', verdict: 'unreadable' }],
    });
    expect(kept?.photos.get('photo-1')?.equals(picture)).toBe(true);
    expect(house.logged.join()).not.toMatch(/STRING-OF-THE-DEVICE|a secret agreed/);
    expect((await house.store.caseById(caseId))?.draft.backend).toBe('http');
  });

  it('is one case there, although its answer was lost and it was sent again', async () => {
    const house = await CasesHouse.build();
    house.server.mood = 'answerLost';
    const caseId = await house.sends('an', 'D12345678');
    await house.settles();
    expect(house.heard('an')).toEqual([expect.stringContaining(WAITS)]);
    house.server.mood = 'well';
    house.later += MINUTE;
    await house.settles();
    expect(house.server.asked.filter(({ what }) => what === 'submit')).toHaveLength(2);
    expect(house.server.cases.get(caseId)?.keys).toHaveLength(1);
    expect(house.heard('an')).toEqual([
      expect.stringContaining(WAITS),
      expect.stringContaining(TAKEN),
    ]);
  });

  it.each(['busy', 'nonsense', 'down'] as const)(
    'waits while the server is %s, and goes out afterwards',
    async (mood) => {
      const house = await CasesHouse.build();
      house.server.mood = mood;
      const caseId = await house.sends('an', 'D12345678');
      await house.settles();
      expect(house.heard('an')).toEqual([expect.stringContaining(WAITS)]);
      const next = (await house.store.nextDue()) ?? 0;
      expect(next - house.now()).toBeGreaterThan(mood === 'busy' ? 5_000 : 0);
      house.server.mood = 'well';
      house.later += MINUTE;
      await house.settles();
      expect(house.server.cases.get(caseId)?.keys).toHaveLength(1);
    },
  );

  it('that the server refuses for good is kept for an operator, and the person hears the truth and gets a human', async () => {
    const house = await CasesHouse.build();
    house.server.mood = 'refusing';
    const caseId = await house.sends('an', 'D12345678');
    await house.settles();
    expect(house.heard('an')).toEqual([expect.stringContaining(UNTAKEN)]);
    expect(await house.remembered('an')).toMatchObject({
      owner: { who: 'queued' },
      waiting: { why: 'caseUntaken' },
    });
    expect(await house.store.nextDue()).toBeNull();
    expect(await house.store.caseById(caseId)).toMatchObject({ status: 'submitted' });
    expect(house.logged.join()).toContain('UB-000001');

    house.server.mood = 'well';
    const [letter] = await house.store.deadLetters(10);
    expect(letter).toMatchObject({ kind: 'submit', caseId });
    house.later += 30 * MINUTE;
    await house.store.reviveEffect(letter?.effectId ?? 0, house.now());
    await house.settles();
    expect(house.server.cases.get(caseId)?.keys).toHaveLength(1);
    expect(house.heard('an').slice(1)).toEqual([expect.stringContaining(TAKEN)]);
  });

  it('that is refused again when it is sent again is not told a second time', async () => {
    const house = await CasesHouse.build();
    house.server.mood = 'refusing';
    await house.sends('an', 'D12345678');
    await house.settles();
    const [letter] = await house.store.deadLetters(10);
    await house.store.reviveEffect(letter?.effectId ?? 0, house.now());
    await house.settles();
    expect(house.heard('an')).toHaveLength(1);
    expect(await house.store.deadLetters(10)).toHaveLength(1);
  });

  it('is promised an answer anew, once, when it is taken after its promise has passed', async () => {
    const house = await CasesHouse.build();
    house.server.mood = 'down';
    const caseId = await house.sends('an', 'D12345678');
    await house.settles();
    const before = await house.store.caseById(caseId);
    house.later += 60 * MINUTE;
    house.server.mood = 'well';
    await house.settles();
    const after = await house.store.caseById(caseId);
    const from = house.now() + 9 * MINUTE;
    expect(after?.answerBy).toBeGreaterThan(from);
    expect(after?.draft.promise.answerBy).toBe(after?.answerBy);
    expect(after?.submittedAt).toBe(before?.submittedAt);
    // The revisions are the server's to count.
    expect(after?.revision).toBe(before?.revision);
    expect(house.heard('an').filter((line) => line.includes(TAKEN))).toHaveLength(1);
    await house.settles();
    expect((await house.store.caseById(caseId))?.answerBy).toBe(after?.answerBy);
  });

  it('that was withdrawn while it waited is neither sent nor said to be', async () => {
    const house = await CasesHouse.build();
    house.server.mood = 'down';
    const caseId = await house.sends('an', 'D12345678');
    await house.settles();
    await house.withdraws('an', caseId);
    house.server.mood = 'well';
    house.later += 60 * MINUTE;
    await house.settles();
    expect(house.server.cases.has(caseId)).toBe(false);
    expect(house.heard('an')).toEqual([expect.stringContaining(WAITS)]);
  });

  it('that was withdrawn while it was on its way is withdrawn there, too', async () => {
    const house = await CasesHouse.build();
    house.server.meanwhile = () => house.withdraws('an', 'an-D12345678');
    const caseId = await house.sends('an', 'D12345678');
    await house.settles();
    expect(house.server.cases.get(caseId)?.state.status).toBe('cancelled');
    expect(house.server.asked.map(({ what }) => what)).toEqual(['submit', 'cancel']);
  });

  it('goes on where a process ended over it', async () => {
    const house = await CasesHouse.build();
    house.server.mood = 'down';
    const caseId = await house.sends('an', 'D12345678');
    await house.settles();
    await house.close();
    house.server.mood = 'well';
    house.later += MINUTE;
    await house.open();
    await house.settles();
    expect(house.server.cases.has(caseId)).toBe(true);
    expect(house.heard('an').filter((line) => line.includes(WAITS))).toHaveLength(1);
  });

  it('stays with the desk when it was opened there', async () => {
    const house = await CasesHouse.build();
    const caseId = await house.sends('an', 'D12345678', { backend: 'desk' });
    await house.settles();
    expect(house.server.cases.has(caseId)).toBe(false);
    expect(await house.store.nextDue()).toBeNull();
  });
});

describe('an hour without the server', () => {
  it('loses none of 200 cases, keeps their order per installer, tells each once and storms nobody', async () => {
    const house = await CasesHouse.build();
    house.server.mood = 'down';
    const chats = Array.from({ length: 40 }, (_, index) => `chat-${index}`);
    const sent = new Map<string, string[]>();
    for (let minute = 0; minute < 60; minute += 12) {
      for (const [index, chatId] of chats.entries()) {
        const serial = `D${10_000_000 + index * 100 + minute}`;
        const caseId = await house.sends(chatId, serial);
        sent.set(chatId, [...(sent.get(chatId) ?? []), caseId]);
      }
      for (let step = 0; step < 12; step += 1) {
        await house.settles();
        house.later += MINUTE;
      }
    }
    expect(house.server.cases.size).toBe(0);
    // Without the breaker each minute would bring as many as there are installers.
    expect(house.server.knocks).toBeLessThan(1200);

    house.server.mood = 'well';
    for (let minute = 0; minute < 10; minute += 1) {
      await house.settles();
      house.later += MINUTE;
    }
    const arrived = house.server.asked.map(({ caseId }) => caseId);
    expect(house.server.cases.size).toBe(200);
    for (const chatId of chats) {
      const theirs = arrived.filter((caseId) => caseId.startsWith(`${chatId}-`));
      expect(theirs).toEqual(sent.get(chatId));
      const told = (piece: string) =>
        house.heard(chatId).filter((line) => line.includes(piece)).length;
      expect(told(WAITS)).toBe(1);
      // Each of the five, in its order, with the new promise.
      expect(told(TAKEN)).toBe(5);
      expect(house.heard(chatId)).toHaveLength(6);
    }
    expect(await house.store.nextDue()).toBeNull();
  }, 120_000);
});
