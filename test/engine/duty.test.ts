import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Duty } from '../../src/engine/duty.ts';

const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 3_000, interval: 5 });

/** Leases as several processes see them. */
class Leases {
  readonly holders = new Map<string, string>();
  readonly dead = new Set<string>();

  of(process: string) {
    return {
      takeLease: async (name: string) => {
        if (this.dead.has(process)) throw new Error('no connection');
        const holder = this.holders.get(name);
        if (holder === undefined || this.dead.has(holder)) this.holders.set(name, process);
        return this.holders.get(name) === process;
      },
      giveBackLease: async (name: string) => {
        if (this.holders.get(name) === process) this.holders.delete(name);
      },
    };
  }
}

function begin(leases: Leases, process: string, working: string[]) {
  const duty = new Duty(leases.of(process), 'asking', 5);
  onTestFinished(() => duty.stop());
  duty.start(async (signal) => {
    working.push(process);
    await new Promise<void>((end) => signal.addEventListener('abort', () => end()));
    working.splice(working.indexOf(process), 1);
  });
  return duty;
}

describe('what only one process does', () => {
  it('is done by one, and by another once that one stops', async () => {
    const leases = new Leases();
    const working: string[] = [];
    const one = begin(leases, 'one', working);
    await soon(() => expect(working).toEqual(['one']));
    const two = begin(leases, 'two', working);
    expect(await two.held()).toBe(false);
    await one.stop();
    await soon(() => expect(working).toEqual(['two']));
    await two.stop();
    expect(working).toEqual([]);
    expect(leases.holders.size).toBe(0);
  });

  it('is left alone by one that cannot ask, and taken up again when it can', async () => {
    const leases = new Leases();
    const working: string[] = [];
    begin(leases, 'one', working);
    await soon(() => expect(working).toEqual(['one']));
    begin(leases, 'two', working);
    leases.dead.add('one');
    await soon(() => expect(working).toEqual(['two']));
    leases.dead.delete('one');
    leases.dead.add('two');
    await soon(() => expect(working).toEqual(['one']));
  });
});
