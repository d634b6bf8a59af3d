import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/store/contract.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { whyNoPostgres } from '../postgres/binaries.ts';
import { PostgresServer } from '../postgres/server.ts';
import { TcpProxy } from '../postgres/tcp-proxy.ts';
import { KEY } from './place.ts';
import { CLOCK, decided, deciding, reply, text } from './turns.ts';

const times = { connect: 1_000, answer: 1_000, beat: 200, lives: 1_000 };
const patience = { timeout: 15_000, interval: 100 };

describe.skipIf(whyNoPostgres() !== null)('while PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let stores: Store[];

  beforeAll(async () => {
    server = await PostgresServer.begin({ max_connections: '30' });
  });
  afterAll(() => server?.remove());

  beforeEach(async () => {
    url = await server.room();
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
  });

  async function open(at = url): Promise<Store> {
    const store = await openPostgresStore({ url: at, key: KEY, now: () => CLOCK, times });
    stores.push(store);
    return store;
  }

  const says = (store: Store, said = 'chào') =>
    store.commit(
      [text('chat', said)],
      (_, loaded) => decided(loaded, { heard: { text: said }, effects: [reply(said)] }),
      [],
    );

  /** Once the store keeps things again, what it keeps. */
  const recovered = (store: Store) =>
    vi.waitFor(async () => expect(await says(store, 'after')).toHaveLength(1), patience);

  it('is dead, nothing is kept and nothing claimed; it goes on by itself', async () => {
    const store = await open();
    const [first] = await says(store, 'before');
    await server.kill();
    await expect(says(store, 'meanwhile')).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unusable',
    });
    await expect(store.dueEffects(CLOCK, 10)).rejects.toMatchObject({ code: 'unusable' });
    await expect(store.agents()).rejects.toMatchObject({ code: 'unusable' });
    await expect(open()).rejects.toMatchObject({
      code: 'unusable',
      message: expect.stringContaining('DATABASE_URL'),
    });
    await server.start();
    await recovered(store);
    const lines = await store.transcript(first?.conversationId ?? '', 0, 10);
    const heard = lines.filter(({ author }) => author === 'installer');
    expect(heard.map(({ shown }) => shown.text)).toEqual(['before', 'after']);
    expect(await store.dueEffects(CLOCK, 10)).toHaveLength(2);
  });

  it('stands still, whoever asks is told so in time; it goes on by itself', async () => {
    const store = await open();
    await says(store, 'before');
    server.pause();
    try {
      await expect(says(store, 'meanwhile')).rejects.toMatchObject({ code: 'unusable' });
    } finally {
      server.resume();
    }
    await recovered(store);
    const [conversation] = await store.conversationsForDesk(1);
    const lines = await store.transcript(conversation?.conversationId ?? '', 0, 10);
    const heard = lines.flatMap((line) => (line.author === 'installer' ? [line.shown.text] : []));
    // What was on its way when nobody answered may have been kept, but never twice.
    expect(heard.filter((one) => one !== 'meanwhile')).toEqual(['before', 'after']);
    expect(heard.length).toBeLessThanOrEqual(3);
  });

  it('has no connection left, that is said; it goes on by itself', async () => {
    const store = await open();
    const others: Client[] = [];
    const admin = new Client({ connectionString: url });
    await admin.connect();
    for (;;) {
      const other = new Client({ connectionString: url });
      other.on('error', () => undefined);
      try {
        await other.connect();
      } catch {
        break;
      }
      others.push(other);
    }
    const broken = Promise.allSettled(Array.from({ length: 8 }, () => store.agents()));
    expect((await broken).filter(({ status }) => status === 'rejected')).not.toEqual([]);
    await expect(open()).rejects.toMatchObject({ code: 'busy' });
    for (const other of others) await other.end();
    await admin.end();
    await recovered(store);
  });

  it('cannot be reached by one process, others take over what that one held', async () => {
    const { proxy, url: through } = await TcpProxy.before(url);
    const cutOff = await open(through);
    const other = await open();
    const [outcome] = await says(cutOff, 'held');
    expect(await other.dueEffects(CLOCK, 10)).toEqual([]);
    proxy.cut();
    await expect(says(cutOff, 'lost')).rejects.toMatchObject({ code: 'unusable' });
    await vi.waitFor(
      async () => expect(await other.dueEffects(CLOCK, 10)).toEqual(outcome?.effects),
      patience,
    );
    proxy.heal();
    await recovered(cutOff);
    const effectId = outcome?.effects[0]?.effectId ?? 0;
    await cutOff.commit([], deciding(), [{ effectId, as: 'dead', why: 'late' }]);
    expect((await other.dueEffects(CLOCK, 10)).map((due) => due.effectId)).toContain(effectId);
    await cutOff.close();
    await proxy.close();
  });

  it('lost the connection on which news are heard and told, none is missed', async () => {
    const { proxy, url: through } = await TcpProxy.before(url);
    const one = await open(through);
    const two = await open();
    const heard: string[] = [];
    await one.hearNews((conversationId) => heard.push(conversationId));
    proxy.heal();
    const [outcome] = await two.commit([text('chat', 'x', { at: Date.now() })], deciding(), []);
    await vi.waitFor(() => expect(heard).toContain(outcome?.conversationId), patience);

    const told: string[] = [];
    await two.hearNews((conversationId) => told.push(conversationId));
    proxy.heal();
    await one.tellNews('told-later');
    await vi.waitFor(() => expect(told).toEqual(['told-later']), patience);
    await one.close();
    await proxy.close();
  });

  it('lost a process, the conversations of that one go on elsewhere', async () => {
    const { proxy, url: through } = await TcpProxy.before(url);
    const dying = await open(through);
    const other = await open();
    await says(dying, 'first');
    proxy.cut();
    await vi.waitFor(async () => {
      expect(await other.dueEffects(CLOCK, 10)).toHaveLength(1);
    }, patience);
    const [second] = await says(other, 'second');
    expect(second?.effects).toHaveLength(1);
    await dying.close();
    await proxy.close();
  });
});
