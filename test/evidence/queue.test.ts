import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../src/evidence/queue.ts';

function filled(arrivals: readonly (readonly [name: string, whose: string | null])[]) {
  const queue = new FairQueue<string>();
  for (const [at, [job, whose]] of arrivals.entries()) {
    queue.add({ job, bytes: 10, since: at * 1000 }, whose);
  }
  return queue;
}

function emptied(queue: FairQueue<string>): string[] {
  const order: string[] = [];
  for (let next = queue.next(); next; next = queue.next()) order.push(next.job);
  return order;
}

describe('the queue of pictures', () => {
  it('takes one picture of each person in turn, so that an album holds up nobody', () => {
    const album = Array.from({ length: 4 }, (_, i) => [`an ${i + 1}`, 'an'] as const);
    const queue = filled([...album, ['binh 1', 'binh'], ['chi 1', 'chi'], ['binh 2', 'binh']]);
    expect(emptied(queue)).toEqual(['an 1', 'binh 1', 'chi 1', 'an 2', 'binh 2', 'an 3', 'an 4']);
  });

  it('lets nobody jump back to the front by sending one more', () => {
    const queue = filled([
      ['an 1', 'an'],
      ['an 2', 'an'],
      ['binh 1', 'binh'],
    ]);
    expect(queue.next()?.job).toBe('an 1');
    queue.add({ job: 'an 3', bytes: 1, since: 0 }, 'an');
    expect(emptied(queue)).toEqual(['binh 1', 'an 2', 'an 3']);
  });

  it('takes urgent pictures first, as they came', () => {
    const queue = filled([
      ['an 1', 'an'],
      ['keep 1', null],
      ['keep 2', null],
    ]);
    expect(emptied(queue)).toEqual(['keep 1', 'keep 2', 'an 1']);
  });

  it('tells how long it is, for how many persons, and how long the first has waited', () => {
    const queue = filled([
      ['an 1', 'an'],
      ['an 2', 'an'],
      ['keep', null],
      ['binh 1', 'binh'],
    ]);
    expect(queue.load(5000)).toEqual({ waiting: 4, people: 2, oldestMs: 5000 });
    expect(queue.bytes).toBe(40);
    emptied(queue);
    expect(queue.load(5000)).toEqual({ waiting: 0, people: 0, oldestMs: 0 });
    expect([queue.length, queue.bytes]).toEqual([0, 0]);
  });
});
