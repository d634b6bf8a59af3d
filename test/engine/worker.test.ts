import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import type { Event } from '../../src/dialogue/event.ts';
import type { Performed, Performers } from '../../src/engine/perform.ts';
import { AT_A_TIME, Worker } from '../../src/engine/worker.ts';
import { PROCESS } from '../../src/evidence/plan.ts';
import type { DueEffect, Settlement } from '../../src/store/contract.ts';
import { draft } from '../store/turns.ts';

type Gate = { name: string; open: (performed: Performed) => void };

function send(effectId: number, more: Partial<DueEffect> = {}): DueEffect {
  const conversationId = more.conversationId ?? 'c1';
  return {
    effectId,
    conversationId,
    channel: 'web',
    chatId: 'chat',
    lane: `r:${conversationId}`,
    dueAt: 0,
    expiresAt: null,
    attempts: 0,
    repeat: 'safe',
    attemptedAt: null,
    epoch: 0,
    lineId: effectId,
    shown: { text: String(effectId), choices: [], pictures: [] },
    effect: { kind: 'send', push: false, reply: { key: 'x' } },
    ...more,
  };
}

function read(effectId: number): DueEffect {
  return send(effectId, {
    lane: null,
    effect: { kind: 'read', readId: 'r', photoId: 'p', blobId: 'b', claim: null },
  });
}

function submit(effectId: number): DueEffect {
  return send(effectId, {
    lane: null,
    effect: { kind: 'submit', draft: draft('k1', 'D12345678') },
  });
}

/** A worker whose performers wait until the test says how they end. */
function bench() {
  const gates: Gate[] = [];
  const settled: Settlement[] = [];
  const accepted: { event: Event; settlement: Settlement | null }[] = [];
  let due: DueEffect[] = [];
  const marked: number[] = [];
  /** Effects that another process has taken over. */
  const taken = new Set<number>();
  const clock = { now: 1000 };
  const perform = (effect: DueEffect) =>
    new Promise<Performed>((open) => gates.push({ name: String(effect.effectId), open }));
  const worker = new Worker({
    store: {
      dueEffects: async () => due,
      markAttempted: async (effectId) => void marked.push(effectId),
      holdsEffect: async (effectId) => !taken.has(effectId),
    },
    intake: {
      settle: async (settlement) => {
        settled.push(settlement);
        await new Promise((turn) => setImmediate(turn));
      },
      accept: async (event, settlement = null) => {
        accepted.push({ event, settlement });
        const { eventId } = event;
        return { eventId, conversationId: 'c1', outcome: 'done', owner: null, effects: [] };
      },
    },
    performers: { send: perform, read: perform, submit: perform } as Performers,
    log: pino({ level: 'silent' }),
    now: () => clock.now,
  });
  return {
    worker,
    gates,
    settled,
    accepted,
    marked,
    taken,
    clock,
    setDue: (effects: DueEffect[]) => {
      due = effects;
    },
    begun: () => gates.map(({ name }) => name),
    /** Ends what was begun under this name. */
    end: (name: string, as: Exclude<Settlement['as'], 'passedOn'> = 'done') => {
      const effectId = Number(name);
      const settlement: Settlement =
        as === 'retry'
          ? { effectId, as, at: 5000, why: 'busy' }
          : as === 'done' || as === 'cancelled' || as === 'expired'
            ? { effectId, as }
            : { effectId, as, why: 'no' };
      gates.findLast((gate) => gate.name === name)?.open({ settlement });
    },
  };
}

describe('the worker', () => {
  it('sends one conversation in order and one at a time, and others beside it', async () => {
    const { worker, begun, end } = bench();
    worker.take([send(1), send(2), send(3, { conversationId: 'c2' })]);
    await vi.waitFor(() => expect(begun()).toEqual(['1', '3']));
    end('1');
    await vi.waitFor(() => expect(begun()).toEqual(['1', '3', '2']));
  });

  it('performs an effect once, however often it is handed over', async () => {
    const { worker, begun, end, setDue } = bench();
    worker.take([send(1)]);
    worker.take([send(1)]);
    setDue([send(1)]);
    await worker.sweep();
    end('1');
    await vi.waitFor(() => expect(worker.length).toBe(0));
    expect(begun()).toEqual(['1']);
  });

  it('holds back what stands behind a failed reply, lets pushes overtake, and goes on by the store', async () => {
    const { worker, begun, end, setDue } = bench();
    const push = send(3, {
      lane: 'p:c1',
      effect: { kind: 'send', push: true, reply: { key: 'x' } },
    });
    worker.take([send(1), send(2), push]);
    end('1', 'retry');
    await vi.waitFor(() => expect(begun()).toEqual(['1', '3']));
    end('3');
    // Fresh, but behind the failed one in its lane.
    worker.take([send(4)]);
    await vi.waitFor(() => expect(worker.length).toBe(0));
    expect(begun()).toEqual(['1', '3']);
    setDue([send(1, { attempts: 1 }), send(2), send(4)]);
    await worker.sweep();
    for (const name of ['1', '2', '4']) {
      await vi.waitFor(() => expect(begun().at(-1)).toBe(name));
      end(name);
    }
    await vi.waitFor(() => expect(worker.length).toBe(0));
    expect(begun()).toEqual(['1', '3', '1', '2', '4']);
  });

  it('says that an effect is expired without performing it', async () => {
    const { worker, settled, begun } = bench();
    worker.take([send(1, { expiresAt: 999 })]);
    await vi.waitFor(() => expect(settled).toEqual([{ effectId: 1, as: 'expired' }]));
    expect(begun()).toEqual([]);
  });

  it('marks a harmful effect before it is performed, and never performs it twice', async () => {
    const { worker, settled, marked, begun } = bench();
    worker.take([send(1, { repeat: 'harmful' })]);
    await vi.waitFor(() => expect(begun()).toEqual(['1']));
    expect(marked).toEqual([1]);
    worker.take([send(2, { repeat: 'harmful', attemptedAt: 5, conversationId: 'c2' })]);
    await vi.waitFor(() => expect(settled).toMatchObject([{ effectId: 2, as: 'ambiguous' }]));
    expect(begun()).toEqual(['1']);
  });

  it('finishes an effect with a result only by the commit of that result', async () => {
    const { worker, gates, accepted, settled } = bench();
    worker.take([read(1)]);
    const result = { eventId: 'read:1', at: 1, channel: 'web', chatId: 'chat' } as const;
    await vi.waitFor(() => expect(gates).toHaveLength(1));
    gates[0]?.open({ result: { ...result, type: 'timerFired', timer: 't' } });
    await vi.waitFor(() => expect(worker.length).toBe(0));
    expect(accepted).toMatchObject([
      { event: { eventId: 'read:1' }, settlement: { effectId: 1, as: 'done' } },
    ]);
    expect(settled).toEqual([]);
  });

  it('fills the queue of the reader, whose turns are fair, nearly and never wholly', async () => {
    const { worker, begun } = bench();
    const photos = Array.from({ length: PROCESS.queue + 4 }, (_, index) => read(index + 1));
    worker.take(photos);
    await vi.waitFor(() => expect(begun()).toHaveLength(AT_A_TIME.read));
    expect(worker.readingsInLine).toBe(photos.length - AT_A_TIME.read);
    expect(AT_A_TIME.read).toBeLessThan(PROCESS.queue);
    expect(AT_A_TIME.read).toBeGreaterThan(PROCESS.queue / 2);
  });

  it('sends a case while any number of photos wait to be read', async () => {
    const { worker, begun } = bench();
    worker.take(Array.from({ length: 60 }, (_, index) => read(index + 1)));
    worker.take([submit(100)]);
    await vi.waitFor(() => expect(begun()).toContain('100'));
  });

  it('leaves a reading that is cut off by a stop for the next start', async () => {
    const { worker, gates, accepted } = bench();
    worker.take([read(1)]);
    await vi.waitFor(() => expect(gates).toHaveLength(1));
    const stopped = worker.stop();
    const base = { eventId: 'read:1', at: 1, channel: 'web', chatId: 'chat' } as const;
    gates[0]?.open({ result: { ...base, type: 'timerFired', timer: 't' } });
    await stopped;
    expect(accepted).toEqual([]);
  });

  it('after it stood still, leaves alone what another process has taken over meanwhile', async () => {
    const { worker, begun, end, taken, clock, settled } = bench();
    worker.take([send(1), send(2), send(3), send(4, { conversationId: 'c2' })]);
    await vi.waitFor(() => expect(begun()).toEqual(['1', '4']));
    taken.add(1).add(2);
    clock.now += 16_000;
    end('1');
    await vi.waitFor(() => expect(begun()).toEqual(['1', '4', '3']));
    end('3');
    end('4');
    await vi.waitFor(() => expect(worker.length).toBe(0));
    expect(settled.map(({ effectId }) => effectId).toSorted()).toEqual([1, 3, 4]);
  });
});
