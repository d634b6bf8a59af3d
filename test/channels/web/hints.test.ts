import { expect, it } from 'vitest';
import { OpenStreams } from '../../../src/channels/web/open-streams.ts';
import { Hints } from '../../../src/engine/hints.ts';
import type { Hint } from '../../../src/store/contract.ts';
import { House } from './house.ts';

/** Two processes, of which each hears the other's hints. */
function twoProcesses() {
  const one: Hints = new Hints({ tellHint: async (hint) => two.hear(hint) });
  const two: Hints = new Hints({ tellHint: async (hint) => one.hear(hint) });
  const clock = { now: 1_000_000 };
  const [here, there] = [one, two].map((hints) => {
    const streams = new OpenStreams({ hints, now: () => clock.now });
    streams.start();
    return streams;
  });
  if (!here || !there) throw new Error('There are two.');
  return { here, there, clock };
}

it('a person who writes is told of, and nothing is kept', async () => {
  const house = await House.build();
  const { cookie, conversationId } = await house.visit();
  const told: Hint[] = [];
  house.hints.subscribe((hint) => told.push(hint));
  const before = house.events.length;
  const types = (headers: Record<string, string>) =>
    house.app.inject({ method: 'POST', url: '/api/chat/typing', headers, payload: {} });
  expect((await types({ cookie })).statusCode).toBe(204);
  expect(told).toEqual([{ kind: 'typing', conversationId }]);
  expect((await types({})).statusCode).toBe(401);
  expect(told).toHaveLength(1);
  expect(house.events).toHaveLength(before);
});

it('who writes without end is told of so often a minute, and no oftener', async () => {
  const house = await House.build();
  const { cookie } = await house.visit();
  let told = 0;
  house.hints.subscribe(() => told++);
  const codes: number[] = [];
  for (let n = 0; n < 40; n++) {
    const url = '/api/chat/typing';
    const answer = await house.app.inject({
      method: 'POST',
      url,
      headers: { cookie },
      payload: {},
    });
    codes.push(answer.statusCode);
  }
  expect(told).toBe(30);
  expect(codes.at(-1)).toBe(429);
});

it('a page that is open at one process is open to the others, until its last tab is closed', () => {
  const { here, there } = twoProcesses();
  const tabs = [here.add('c1'), here.add('c1')] as const;
  expect(there.has('c1')).toBe(true);
  expect(there.has('c2')).toBe(false);
  here.end('c1', tabs[0]);
  expect(there.has('c1')).toBe(true);
  here.end('c1', tabs[1]);
  expect(here.has('c1')).toBe(false);
  expect(there.has('c1')).toBe(false);
});

it('a tab that is closed at one process leaves the one at another open', () => {
  const { here, there } = twoProcesses();
  const tab = here.add('c1');
  there.add('c1');
  here.end('c1', tab);
  expect(there.has('c1')).toBe(true);
  expect(here.has('c1')).toBe(true);
});

it('a process that tells no more is taken for dead, and its pages for closed', () => {
  const { here, there, clock } = twoProcesses();
  here.add('c1');
  clock.now += 60_000;
  expect(there.has('c1')).toBe(false);
  expect(here.has('c1')).toBe(true);
});
