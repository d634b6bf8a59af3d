import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/dialogue/effect.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import { base, DAY, deciding, MINUTE, NOW, reply, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

export function timersSuite(bed: TestBed): void {
  describe(`timers in ${bed.engine}`, () => {
    const set = (timer: string, at: number): Effect => ({ kind: 'setTimer', timer, at });
    const rings = (timer: string, at: number, chatId = 'chat'): Event => ({
      ...base(chatId),
      at,
      type: 'timerFired',
      timer,
    });

    it('keeps one timer of a name, and a moved one is another', async () => {
      const { conversationId } = await bed.run({ effects: [set('read', NOW + MINUTE)] });
      const [before] = await bed.store.dueTimers(NOW + DAY, 10);
      await bed.run({ effects: [set('read', NOW + 2 * MINUTE), set('other', NOW + 3 * MINUTE)] });
      const timers = await bed.store.dueTimers(NOW + 2 * MINUTE, 10);
      expect(timers).toEqual([
        {
          timerId: expect.any(Number),
          conversationId,
          channel: 'web',
          chatId: 'chat',
          timer: 'read',
          dueAt: NOW + 2 * MINUTE,
        },
      ]);
      expect(timers[0]?.timerId).not.toBe(before?.timerId);
      expect(await bed.store.nextDue()).toBe(NOW + 2 * MINUTE);
      expect(await bed.store.dueTimers(NOW + DAY, 1)).toHaveLength(1);
    });

    it('a timer that rang is gone, and the turn may set it anew', async () => {
      await bed.run({ effects: [set('read', NOW + MINUTE)] });
      await bed.run({ effects: [set('read', NOW + 2 * MINUTE)] }, rings('read', NOW + MINUTE));
      expect((await bed.store.dueTimers(NOW + DAY, 10)).map(({ dueAt }) => dueAt)).toEqual([
        NOW + 2 * MINUTE,
      ]);
      await bed.run({}, rings('read', NOW + 2 * MINUTE));
      expect(await bed.store.dueTimers(NOW + DAY, 10)).toEqual([]);
    });

    it('a timer that was cleared, moved or belongs to somebody else rings for nobody', async () => {
      await bed.run({ effects: [set('read', NOW + MINUTE), set('moved', NOW + MINUTE)] });
      await bed.run({ effects: [{ kind: 'clearTimer', timer: 'read' }, set('moved', NOW + DAY)] });
      await bed.run({}, text('other'));
      const late = [
        rings('read', NOW + MINUTE),
        rings('moved', NOW + MINUTE),
        rings('moved', NOW + DAY, 'other'),
        rings('moved', NOW + DAY, 'nobody'),
      ];
      const outcomes = await bed.store.commit(late, deciding({ effects: [reply('x')] }), []);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(4).fill('duplicate'));
      expect(await bed.store.dueTimers(NOW + DAY, 10)).toHaveLength(1);
    });
  });
}
