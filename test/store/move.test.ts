import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveRows } from '../../src/store/move.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { whyNoPostgres } from '../postgres/binaries.ts';
import { PostgresServer } from '../postgres/server.ts';
import { agent } from './contract/test-bed.ts';
import { KEY, makeSqlitePlace } from './place.ts';
import { base, CLOCK, DAY, decided, decideForReal, draft, NOW, reply, text } from './turns.ts';

describe.skipIf(whyNoPostgres() !== null)('moving from SQLite to PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.begin();
  });
  afterAll(() => server?.remove());

  it('carries everything, and numbers go on where they were', async () => {
    const place = await makeSqlitePlace();
    const from = await place.open();
    const blobId = await from.putBlob(Buffer.from('a photo'), 'image/png');
    const said = ['xin chào', 'mạng khác', 'D12345678', 'tôi cần gặp người', 'a\0b'];
    const [first] = await from.commit(
      said.map((one) => text('chat', one)),
      decideForReal,
      [],
    );
    await from.commit(
      [{ ...base('photos'), type: 'photos', blobIds: [blobId] }, text('secret')],
      (event, loaded) =>
        decided(loaded, {
          setAside: 'why not',
          effects: [
            { kind: 'keepSecret', ref: event.eventId, text: 'the string' },
            { kind: 'setTimer', timer: 't', at: NOW },
            reply('hello'),
          ],
        }),
      [],
    );
    const conversationId = first?.conversationId ?? '';
    await from.openCase({ conversationId, draft: draft('k1', 'D12345678') });
    await from.addAgent(agent);
    await from.audit({ at: NOW, actor: 'a1', action: 'look', subject: 'k1' });
    await from.putDocument('book', 'text', true);
    const due = await from.dueEffects(CLOCK + DAY, 1_000);
    await from.commit([], decideForReal, [{ effectId: due.at(-1)?.effectId ?? 0, as: 'done' }]);

    const url = await server.room();
    const to = await openPostgresStore({ url, key: KEY, now: () => CLOCK });
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    const told: string[] = [];
    const moved = await moveRows(place.path, client, ({ table, done, total }) => {
      if (done === total) told.push(table);
    });
    expect(told).toEqual(expect.arrayContaining([...moved.keys()]));

    const all = async (store: typeof from) => ({
      conversations: await store.conversationsForDesk(100),
      lines: await store.transcript(conversationId, 0, 100),
      due: await store.dueEffects(CLOCK + DAY, 1_000),
      timers: await store.dueTimers(CLOCK + DAY, 100),
      cases: await store.casesForDesk({ open: true, limit: 10 }),
      steps: await store.caseSteps('k1'),
      agents: await store.agents(),
      audit: await store.auditTrail(10),
      aside: await store.setAsideEvents(10),
      book: await store.document('book'),
      photo: Buffer.from((await store.getBlob(blobId))?.bytes ?? []).toString(),
    });
    const before = await all(from);
    expect(await all(to)).toEqual(before);
    expect(before.photo).toBe('a photo');

    const highest = Math.max(...due.map(({ effectId }) => effectId));
    const [next] = await to.commit(
      [text('a new chat')],
      (_, loaded) => decided(loaded, { effects: [reply('after')] }),
      [],
    );
    expect(next?.effects[0]?.effectId).toBeGreaterThan(highest);
    const second = await to.openCase({ conversationId, draft: draft('k2', 'D87654321') });
    expect(second).toEqual({ outcome: 'opened', number: 'UB-000002' });

    await expect(moveRows(place.path, client, () => {})).rejects.toMatchObject({
      message: expect.stringContaining('an empty one'),
    });
    await client.end();
    await to.close();
    await from.close();
    await place.remove();
  });
});
