import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/dialogue/event.ts';
import { Intake, type IntakeOptions } from '../../src/engine/intake.ts';
import type { Decide, Settlement, TurnOutcome } from '../../src/store/contract.ts';

const never: Decide = () => {
  throw new Error('The store of these tests decides nothing.');
};
const careful: Decide = () => {
  throw new Error('The store of these tests refuses nothing.');
};

function text(id: string): Event {
  return { eventId: id, at: 1, channel: 'web', chatId: 'chat', type: 'text', text: id };
}

interface Batch {
  events: string[];
  settlements: Settlement[];
  refused: boolean;
}

/** A store that remembers its batches, fails when told to, and takes as long as it is told. */
function bench(more: Partial<IntakeOptions> = {}) {
  const batches: Batch[] = [];
  const state = { failing: false, tries: new Map<string, number>() };
  const intake = new Intake({
    store: {
      commit: async (events, decide, settlements) => {
        await sleep(2);
        if (state.failing) throw new Error('disk full');
        batches.push({
          events: events.map(({ eventId }) => eventId),
          settlements: [...settlements],
          refused: decide === careful,
        });
        return events.map(
          ({ eventId }): TurnOutcome => ({
            eventId,
            conversationId: 'c',
            outcome: 'done',
            owner: null,
            effects: [],
          }),
        );
      },
      countAttempt: async ({ eventId }) => {
        const tries = (state.tries.get(eventId) ?? 0) + 1;
        state.tries.set(eventId, tries);
        return tries;
      },
    },
    decide: never,
    refuse: () => careful,
    log: pino({ level: 'silent' }),
    careful: false,
    onEffects: () => {},
    onNews: () => {},
    ...more,
  });
  return { intake, batches, state };
}

describe('the intake', () => {
  it('commits what arrives together in one transaction, in order', async () => {
    const { intake, batches } = bench();
    await Promise.all(['a', 'b', 'c'].map((id) => intake.accept(text(id))));
    expect(batches.map(({ events }) => events)).toEqual([['a', 'b', 'c']]);
  });

  it('gathers what arrives during a commit for the next one', async () => {
    const { intake, batches } = bench();
    const first = intake.accept(text('a'));
    await new Promise((turn) => setImmediate(turn));
    const others = ['b', 'c'].map((id) => intake.accept(text(id)));
    await Promise.all([first, ...others]);
    expect(batches.map(({ events }) => events)).toEqual([['a'], ['b', 'c']]);
  });

  it('never puts more than 256 events into one transaction', async () => {
    const { intake, batches } = bench();
    const ids = Array.from({ length: 600 }, (_, index) => `e${index}`);
    await Promise.all(ids.map((id) => intake.accept(text(id))));
    expect(batches.map(({ events }) => events.length)).toEqual([256, 256, 88]);
    expect(batches.flatMap(({ events }) => events)).toEqual(ids);
  });

  it('lets finished effects ride on the next commit, and on one of their own after a while', async () => {
    const { intake, batches } = bench();
    const done: Settlement = { effectId: 1, as: 'done' };
    const settled = intake.settle(done, 'c');
    await intake.accept(text('a'));
    await settled;
    expect(batches).toMatchObject([{ events: ['a'], settlements: [done] }]);
    await intake.settle({ effectId: 2, as: 'done' }, 'c');
    expect(batches[1]).toMatchObject({ events: [], settlements: [{ effectId: 2 }] });
  });

  it('commits a result and the end of its effect together', async () => {
    const { intake, batches } = bench();
    await intake.accept(text('result'), { effectId: 7, as: 'done' });
    expect(batches).toMatchObject([{ events: ['result'], settlements: [{ effectId: 7 }] }]);
  });

  it('acknowledges nothing while the store fails, keeps finished effects, and recovers', async () => {
    const { intake, batches, state } = bench();
    state.failing = true;
    const settled = intake.settle({ effectId: 1, as: 'done' }, 'c');
    await expect(intake.accept(text('a'))).rejects.toMatchObject({ code: 'storeFailed' });
    expect(intake.healthy).toBe(false);
    await intake.probe();
    expect(intake.healthy).toBe(false);
    state.failing = false;
    await intake.probe();
    await settled;
    expect(intake.healthy).toBe(true);
    expect(batches).toMatchObject([{ events: [], settlements: [{ effectId: 1 }] }]);
  });

  it('runs the first events after an unclean stop one by one, and refuses one that was begun too often', async () => {
    const { intake, batches, state } = bench({ careful: true });
    state.tries.set('poison', 3);
    await Promise.all(['a', 'poison', 'b'].map((id) => intake.accept(text(id))));
    expect(batches.map(({ events, refused }) => [events, refused])).toEqual([
      [['a'], false],
      [['poison'], true],
      [['b'], false],
    ]);
  });

  it('tells who listens after the commit, once a conversation', async () => {
    const news: string[] = [];
    const { intake, batches } = bench({
      onNews: (conversationId) => news.push(`${conversationId} after ${batches.length}`),
    });
    await Promise.all(['a', 'b'].map((id) => intake.accept(text(id))));
    expect(news).toEqual(['c after 1']);
  });

  it('is not healthy once the store fails at anything, until it keeps something again', async () => {
    const { intake } = bench();
    intake.doubt(new Error('no connection'));
    expect(intake.healthy).toBe(false);
    await intake.probe();
    expect(intake.healthy).toBe(true);
  });

  it('counts what its commits did', async () => {
    const counted: string[] = [];
    const { intake, state } = bench({
      counts: {
        committed: ({ done, duplicates }) => counted.push(`${done} done, ${duplicates} duplicates`),
        failed: () => counted.push('failed'),
      },
    });
    await Promise.all(['a', 'b'].map((id) => intake.accept(text(id))));
    state.failing = true;
    await expect(intake.accept(text('c'))).rejects.toThrow();
    expect(counted).toEqual(['2 done, 0 duplicates', 'failed']);
  });
});
