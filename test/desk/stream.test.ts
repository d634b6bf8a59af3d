import { describe, expect, it } from 'vitest';
import { changesOf } from '../../src/desk/stream.ts';
import { Hints } from '../../src/engine/hints.ts';

function hub() {
  const listeners = new Set<(conversationId: string) => void>();
  return {
    live: {
      subscribe(listener: (conversationId: string) => void) {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
    },
    listeners,
    tell(conversationId: string) {
      for (const listener of listeners) listener(conversationId);
    },
  };
}
const yes = async () => true;
const hints = new Hints({ tellHint: async () => undefined });

describe('the live stream', () => {
  it('begins with ready and names each conversation that has news once', async () => {
    const { live, tell } = hub();
    const control = new AbortController();
    const events = changesOf({ live, hints }, yes, control.signal);
    expect((await events.next()).value).toContain('event: ready');
    tell('c1');
    tell('c2');
    tell('c1');
    expect((await events.next()).value).toBe('event: changed\ndata: {"conversationId":"c1"}\n\n');
    expect((await events.next()).value).toBe('event: changed\ndata: {"conversationId":"c2"}\n\n');
    const waiting = events.next();
    tell('c3');
    expect((await waiting).value).toContain('"c3"');
    control.abort();
  });

  it('tells of each who writes once, however many strokes there were, and of no open page', async () => {
    const { live } = hub();
    const moment = new Hints({ tellHint: async () => undefined });
    const events = changesOf({ live, hints: moment }, yes, new AbortController().signal);
    await events.next();
    const lan = { conversationId: 'c1', agentId: 'lan', name: 'Lan' };
    moment.tell({ kind: 'open', conversationId: 'c1' });
    for (let stroke = 0; stroke < 5; stroke++) {
      moment.tell({ kind: 'writing', ...lan });
      moment.tell({ kind: 'typing', conversationId: 'c1' });
    }
    expect((await events.next()).value).toBe(`event: writing\ndata: ${JSON.stringify(lan)}\n\n`);
    expect((await events.next()).value).toBe('event: typing\ndata: {"conversationId":"c1"}\n\n');
    const waiting = events.next();
    moment.tell({ kind: 'typing', conversationId: 'c2' });
    expect((await waiting).value).toContain('"c2"');
    await events.return(undefined);
  });

  it('beats while nothing happens', async () => {
    const { live } = hub();
    const events = changesOf({ live, hints, heartbeat: 1 }, yes, new AbortController().signal);
    await events.next();
    expect((await events.next()).value).toBe(': beat\n\n');
    await events.return(undefined);
  });

  it('ends with the session', async () => {
    const { live, listeners } = hub();
    const out = async () => false;
    const events = changesOf({ live, hints, heartbeat: 1 }, out, new AbortController().signal);
    await events.next();
    expect((await events.next()).value).toContain('event: signedOut');
    expect((await events.next()).done).toBe(true);
    expect(listeners.size).toBe(0);
  });

  it('lets go of the hub when the page goes', async () => {
    const { live, listeners } = hub();
    const control = new AbortController();
    const events = changesOf({ live, hints }, yes, control.signal);
    await events.next();
    expect(listeners.size).toBe(1);
    const waiting = events.next();
    control.abort();
    expect((await waiting).done).toBe(true);
    expect(listeners.size).toBe(0);
  });
});
