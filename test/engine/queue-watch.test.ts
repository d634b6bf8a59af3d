import { expect, it } from 'vitest';
import { createQueueWatch } from '../../src/engine/queue-watch.ts';

it('operators hear that photos wait long, once a minute, and that they no longer do', () => {
  const told: string[] = [];
  const load = { waiting: 2, people: 1, oldestMs: 900 };
  let now = 0;
  const look = createQueueWatch({
    load: () => load,
    log: {
      warn: (figures: object) => told.push(JSON.stringify(figures)),
      info: () => told.push('short again'),
    },
    now: () => now,
  });
  look();
  Object.assign(load, { waiting: 20, people: 3 });
  for (let second = 0; second < 70; second += 1) {
    now += 1000;
    look();
  }
  Object.assign(load, { waiting: 3, oldestMs: 16_000 });
  look();
  Object.assign(load, { oldestMs: 200 });
  look();
  look();
  const first = { waiting: 20, people: 3, oldestMs: 900 };
  expect(told).toEqual([JSON.stringify(first), JSON.stringify(first), 'short again']);
});
