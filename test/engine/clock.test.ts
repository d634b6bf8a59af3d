import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { every, steadily } from '../../src/engine/steadily.ts';
import { EngineHouse } from './house.ts';

const DAY = 24 * 3_600_000;
const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 8_000, interval: 50 });

const byPattern = (work: () => Promise<void>) => steadily('* * * * * *', work);
const byPause = (work: () => Promise<void>) => every(300, work);

/** The wall clock stands where it is put, and goes on from there; timers run as ever. */
function wallClock(): { jump(ms: number): void } {
  let offset = 0;
  const { now } = Date;
  class Jumped extends Date {
    constructor(...args: [] | [number]) {
      if (args.length === 0) super(now() + offset);
      else super(...args);
    }
    static override now(): number {
      return now() + offset;
    }
  }
  vi.stubGlobal('Date', Jumped);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return {
    jump(ms) {
      offset += ms;
    },
  };
}

describe('a clock that jumps', () => {
  it.each([
    { where: 'back by a day', what: 'a cron pattern', by: -DAY, how: byPattern },
    { where: 'ahead by an hour', what: 'a cron pattern', by: DAY / 24, how: byPattern },
    { where: 'back by a day', what: 'a pause', by: -DAY, how: byPause },
    { where: 'ahead by a month', what: 'a pause', by: 30 * DAY, how: byPause },
  ])('$where does not stop what goes by $what', async ({ by, how }) => {
    const clock = wallClock();
    let ticks = 0;
    const task = how(async () => {
      ticks += 1;
    });
    onTestFinished(() => task.stop());
    await soon(() => expect(ticks).toBeGreaterThan(0));
    clock.jump(by);
    const before = ticks;
    await soon(() => expect(ticks).toBeGreaterThan(before + 2));
  });

  it('back, lets the conversation go on in order and answers at once', async () => {
    const house = await EngineHouse.build();
    await house.text('xin chào');
    await soon(() => expect(house.platform.delivered.length).toBeGreaterThan(0));
    const before = house.platform.delivered.length;
    house.now -= 30 * DAY;
    await house.text('1');
    await soon(() => expect(house.platform.delivered.length).toBeGreaterThan(before));
    const lines = await house.lines();
    expect(lines.filter(({ author }) => author === 'installer').map((l) => l.shown.text)).toEqual([
      'xin chào',
      '1',
    ]);
  });

  it('ahead and back again, fires a timer once and keeps its turn', async () => {
    const house = await EngineHouse.build();
    await house.text('xin chào');
    const fired: string[] = [];
    const { commit } = house.store;
    house.store.commit = (events, ...more) => {
      for (const event of events) if (event.type === 'timerFired') fired.push(event.timer);
      return commit(events, ...more);
    };
    await house.store.commit(
      [{ ...house.base(), type: 'text', text: 'later' }],
      (_, loaded) => ({
        conversation: loaded.conversation ?? never(),
        effects: [{ kind: 'setTimer', timer: 'settle', at: house.now + DAY }],
        heard: null,
        heardShown: null,
        sendsShown: [],
        setAside: null,
      }),
      [],
    );
    expect(await house.store.dueTimers(house.now, 10)).toEqual([]);
    house.now += 2 * DAY;
    await soon(() => expect(fired).toEqual(['settle']));
    await vi.waitFor(async () => expect(await house.store.dueTimers(house.now, 10)).toEqual([]));
    house.now -= 2 * DAY;
    await house.text('1');
    house.now += 2 * DAY;
    await house.text('back');
    expect(fired).toEqual(['settle']);
  });

  it('ahead, ends a session early and never revives one', async () => {
    const house = await EngineHouse.build();
    await house.store.addAgent({
      agentId: 'a',
      name: 'Lan',
      login: 'lan',
      passwordHash: 'x',
      role: 'agent',
    });
    const session = { tokenHash: 'h', agentId: 'a', csrf: 'c', expiresAt: house.now + DAY };
    await house.store.openSession(session);
    expect(await house.store.session('h', house.now + DAY)).toBeNull();
    expect(await house.store.session('h', house.now)).not.toBeNull();
    await house.store.sweep(house.now + 2 * DAY);
    expect(await house.store.session('h', house.now)).toBeNull();
  });
});

function never(): never {
  throw new Error('There is a conversation by now.');
}
