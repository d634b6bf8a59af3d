import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Hint, Store } from '../../src/store/contract.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { whyNoPostgres } from '../postgres/binaries.ts';
import { PostgresServer } from '../postgres/server.ts';
import { compete } from './contract/claims.ts';
import { contractSuite } from './contract-suite.ts';
import { KEY } from './place.ts';
import {
  base,
  CLOCK,
  DAY,
  decided,
  deciding,
  draft,
  MINUTE,
  NOW,
  push,
  reply,
  text,
} from './turns.ts';

describe.skipIf(whyNoPostgres() !== null)('PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let stores: Store[];

  beforeAll(async () => {
    server = await PostgresServer.begin({ max_connections: '40' });
  });
  afterAll(() => server?.remove());

  contractSuite('PostgreSQL', async () => {
    const place = await server.room();
    return {
      open: () => openPostgresStore({ url: place, key: KEY, now: () => CLOCK }),
      // The server goes with all its rooms.
      remove: async () => undefined,
    };
  });

  async function open(key = KEY): Promise<Store> {
    const store = await openPostgresStore({ url, key, now: () => CLOCK });
    stores.push(store);
    return store;
  }

  /** Asks the database as another program would. */
  async function ask(sql: string, values: unknown[] = []) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Ends the connection by which others see that the process behind `holder` lives. */
  async function die(holder: string): Promise<void> {
    await ask(`update processes set backend = 0 where holder = $1`, [holder]);
  }

  async function holders(): Promise<string[]> {
    return (await ask('select holder from processes order by backend_since')).map(
      (row) => row.holder,
    );
  }

  beforeEach(async () => {
    url = await server.room();
    stores = [];
  });

  afterEach(async () => {
    for (const store of stores) await store.close();
  });

  describe('several processes over one database', () => {
    it('give one of them a lease, and another only when that one is dead or gives it back', async () => {
      const [one, two] = [await open(), await open()];
      expect(await Promise.all([one, two].map((store) => store.takeLease('asking')))).toEqual(
        expect.arrayContaining([true, false]),
      );
      const [had, waits] = (await one.takeLease('asking')) ? [one, two] : [two, one];
      expect(await waits.takeLease('asking')).toBe(false);
      await waits.giveBackLease('asking');
      expect(await waits.takeLease('asking')).toBe(false);
      await had.giveBackLease('asking');
      expect(await waits.takeLease('asking')).toBe(true);
      await waits.close();
      expect(await had.takeLease('asking')).toBe(true);
    });

    it('give none to one that is taken for dead, however it feels', async () => {
      const [one, two] = [await open(), await open()];
      const [first] = await holders();
      expect(await one.takeLease('asking')).toBe(true);
      await die(first ?? '');
      expect(await one.takeLease('asking')).toBe(false);
      expect(await two.takeLease('asking')).toBe(true);
    });

    it('take a tick once, however many come with it', async () => {
      const all = await Promise.all([open(), open(), open()]);
      for (const at of [1_000, 2_000]) {
        const taken = await Promise.all(all.map((store) => store.takeTick('digest', at)));
        expect(taken.filter(Boolean)).toHaveLength(1);
      }
    });

    it('let one of two agents win who claim a conversation at two of them', async () => {
      await compete(await open(), await open(), 200);
    }, 60_000);

    it('may start at once on an empty one', async () => {
      const all = await Promise.all([open(), open(), open()]);
      for (const store of all) await store.commit([text()], deciding(), []);
      expect(await all[0]?.conversationsForDesk(10)).toHaveLength(1);
    });

    it('take each event once, and the turns of a conversation one after the other', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      const events = Array.from({ length: 120 }, (_, index) =>
        text(`chat-${index % 3}`, `${index}`),
      );
      const turns: string[] = [];
      const decide: Parameters<Store['commit']>[1] = (event, loaded) => {
        turns.push(event.eventId);
        return decided(loaded, {
          change: (before) => ({ ...before, counter: before.counter + 1 }),
          heard: { text: event.type === 'text' ? event.text : '' },
        });
      };
      const run = async (store: Store) => {
        const done: string[] = [];
        for (let from = 0; from < events.length; from += 8) {
          const outcomes = await store.commit(events.slice(from, from + 8), decide, []);
          done.push(...outcomes.flatMap((o) => (o.outcome === 'done' ? [o.eventId] : [])));
        }
        return done;
      };
      const done = (await Promise.all([run(one), run(two)])).flat();
      expect(done.toSorted()).toEqual(events.map(({ eventId }) => eventId).toSorted());
      for (const chat of ['chat-0', 'chat-1', 'chat-2']) {
        const row = await one.conversationByChat('web', chat);
        const lines = await two.transcript(row?.conversationId ?? '', 0, 1_000);
        expect(lines).toHaveLength(40);
        expect(new Set(lines.map((line) => line.shown.text)).size).toBe(40);
        await one.commit(
          [text(chat)],
          (_, loaded) => {
            expect(loaded.conversation?.counter).toBe(40);
            return decided(loaded);
          },
          [],
        );
      }
    });

    it('decide again on what another made of a conversation meanwhile', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      await one.commit([text()], deciding(), []);
      const [due] =
        (await one.commit([text()], deciding({ effects: [reply('before')] }), []))[0]?.effects ??
        [];
      const met: number[] = [];
      let meanwhile: Promise<unknown> = Promise.resolve();
      let decidedOnce = false;
      const raise = (before: { counter: number }) => before.counter + 1;
      const outcome = one.commit(
        [text()],
        (_, loaded) => {
          met.push(loaded.conversation?.counter ?? -1);
          if (!decidedOnce) {
            decidedOnce = true;
            // The other turn is at the server before this one's writing is.
            meanwhile = two.commit(
              [text()],
              (__, other) =>
                decided(other, { change: (before) => ({ ...before, counter: raise(before) }) }),
              [],
            );
            const until = Date.now() + 300;
            while (Date.now() < until);
          }
          return decided(loaded, {
            change: (before) => ({ ...before, counter: raise(before) }),
            effects: [reply('after')],
          });
        },
        [{ effectId: due?.effectId ?? 0, as: 'done' }],
      );
      expect((await outcome)[0]).toMatchObject({ outcome: 'done' });
      await meanwhile;
      const last = await one.commit(
        [text()],
        (_, loaded) => {
          met.push(loaded.conversation?.counter ?? -1);
          return decided(loaded);
        },
        [],
      );
      expect(met.at(-1)).toBe(2);
      const lines = await one.transcript(last[0]?.conversationId ?? '', 0, 100);
      expect(lines.map((line) => `${line.shown.text} ${line.delivery}`)).toEqual([
        '[before] sent',
        '[after] due',
      ]);
    });

    it('open one case for a serial, and number cases without a gap', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      await one.commit([text('a'), text('b')], deciding(), []);
      const a = (await one.conversationByChat('web', 'a'))?.conversationId ?? '';
      const b = (await one.conversationByChat('web', 'b'))?.conversationId ?? '';
      for (let index = 1; index <= 10; index += 1) {
        const serial = `D1234567${index % 10}`;
        const answers = await Promise.all([
          one.openCase({ conversationId: a, draft: draft(`a${index}`, serial) }),
          two.openCase({ conversationId: b, draft: draft(`b${index}`, serial) }),
        ]);
        const opened = answers.filter(({ outcome }) => outcome === 'opened');
        expect(opened).toEqual([
          { outcome: 'opened', number: `UB-${String(index).padStart(6, '0')}` },
        ]);
      }
    });

    it('fire a timer once', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      const effects = [{ kind: 'setTimer' as const, timer: 'read', at: NOW + MINUTE }];
      await one.commit([text()], deciding({ effects }), []);
      const ring = { ...base(), at: NOW + MINUTE, type: 'timerFired' as const, timer: 'read' };
      const outcomes = await Promise.all([
        one.commit([ring], deciding(), []),
        two.commit([{ ...ring, eventId: 'rung by another clock' }], deciding(), []),
      ]);
      expect(
        outcomes
          .flat()
          .map(({ outcome }) => outcome)
          .toSorted(),
      ).toEqual(['done', 'duplicate']);
      expect(await two.dueTimers(NOW + DAY, 10)).toEqual([]);
    });

    it('hear from one another which conversations have news', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      const own: string[] = [];
      await one.hearNews((conversationId) => own.push(conversationId));
      const heard = new Promise<string>((resolve) => void two.hearNews(resolve));
      await one.tellNews('c1');
      expect(await heard).toBe('c1');
      expect(own).toEqual([]);
    });
  });

  describe('what happens this moment', () => {
    const writing = (name: string): Hint => ({
      kind: 'writing',
      conversationId: 'c1',
      agentId: 'lan',
      name,
    });

    it('is told to the other processes, of many strokes once, and kept nowhere', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      const own: Hint[] = [];
      const heard: Hint[] = [];
      await one.hearHints((hint) => own.push(hint));
      await two.hearHints((hint) => heard.push(hint));
      const count = (name: string) => heard.filter((hint) => 'name' in hint && hint.name === name);
      const long = `Nguyễn ${'ễ'.repeat(190)}`;
      for (let stroke = 0; stroke < 50; stroke++) await one.tellHint(writing('Lan'));
      await expect.poll(() => count('Lan')).toEqual([writing('Lan')]);
      // More than one notification holds.
      for (let n = 0; n < 60; n++) {
        await one.tellHint({ ...writing(long), conversationId: `c${n}` } as Hint);
      }
      await expect.poll(() => count(long).length).toBe(60);
      await one.tellHint({ kind: 'typing', conversationId: 'c1' });
      await expect.poll(() => heard.at(-1)).toEqual({ kind: 'typing', conversationId: 'c1' });
      expect(own).toEqual([]);
    });

    it('of a shape that this version does not know is left out', async () => {
      const one = await open();
      const heard: Hint[] = [];
      await one.hearHints((hint) => heard.push(hint));
      const payloads = ['{', '{"from":"x","hints":[{"kind":"dances","conversationId":"c1"}]}'];
      payloads.push('{"from":"x","hints":[{"kind":"typing","conversationId":"c9"}]}');
      for (const payload of payloads)
        await ask(`select pg_notify('unbinding_hints', $1)`, [payload]);
      await expect.poll(() => heard).toEqual([{ kind: 'typing', conversationId: 'c9' }]);
    });
  });

  describe('an effect', () => {
    it('is the committer’s while that lives, and another’s once it is dead', async () => {
      const one = await open();
      const [committer] = await holders();
      const two = await open();
      const [outcome] = await one.commit([text()], deciding({ effects: [reply('hello')] }), []);
      expect(await two.dueEffects(CLOCK, 10)).toEqual([]);
      expect(await one.dueEffects(CLOCK, 10)).toEqual(outcome?.effects);
      await die(committer ?? '');
      expect(await two.dueEffects(CLOCK, 10)).toEqual(outcome?.effects);
    });

    it('is given to one of several that look at once', async () => {
      const all = await Promise.all([open(), open(), open()]);
      const first = await open();
      const events = Array.from({ length: 30 }, (_, index) => text(`chat-${index}`));
      await first.commit(events, deciding({ effects: [reply('hello')] }), []);
      await first.close();
      const taken = await Promise.all(all.map((store) => store.dueEffects(CLOCK, 100)));
      const ids = taken.flat().map(({ effectId }) => effectId);
      expect(new Set(ids).size).toBe(ids.length);
      const again = await Promise.all(all.map((store) => store.dueEffects(CLOCK, 100)));
      expect(again.flat()).toHaveLength(30);
    });

    it('is not touched by the late word of a process that was taken for dead', async () => {
      const one = await open();
      const [paused] = await holders();
      const two = await open();
      const [outcome] = await one.commit([text()], deciding({ effects: [reply('hello')] }), []);
      const effectId = outcome?.effects[0]?.effectId ?? 0;
      await die(paused ?? '');
      expect(await one.holdsEffect(effectId)).toBe(true);
      expect(await two.dueEffects(CLOCK, 10)).toHaveLength(1);
      expect(await one.holdsEffect(effectId)).toBe(false);
      expect(await two.holdsEffect(effectId)).toBe(true);
      await one.commit([], deciding(), [{ effectId, as: 'dead', why: 'late' }]);
      await one.commit([], deciding(), [{ effectId, as: 'done' }]);
      await expect(one.markAttempted(effectId, CLOCK)).rejects.toMatchObject({ code: 'conflict' });
      expect(await two.dueEffects(CLOCK, 10)).toMatchObject([{ effectId, attempts: 0 }]);
      await two.commit([], deciding(), [{ effectId, as: 'done' }]);
      const lines = await one.transcript(outcome?.conversationId ?? '', 0, 10);
      expect(lines.map(({ delivery }) => delivery)).toEqual(['sent']);
    });

    it('waits for the process that is at the sends of its conversation already', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      const [first] = await one.commit([text()], deciding({ effects: [reply('first')] }), []);
      const [second] = await two.commit([text()], deciding({ effects: [reply('second')] }), []);
      expect(second?.effects).toEqual([]);
      expect(await two.dueEffects(CLOCK, 10)).toEqual([]);
      const due = await one.dueEffects(CLOCK, 10);
      expect(due.map(({ shown }) => shown?.text)).toEqual(['[first]', '[second]']);
      const settlements = due.map(({ effectId }) => ({ effectId, as: 'done' as const }));
      await one.commit([], deciding(), settlements);
      const [third] = await two.commit([text()], deciding({ effects: [reply('third')] }), []);
      expect(third?.effects).toHaveLength(1);
      expect(first?.effects).toHaveLength(1);
    });

    it('waits for what a dead process left of its conversation, and comes after it', async () => {
      const one = await open();
      const [committer] = await holders();
      const two = await open();
      await one.commit([text()], deciding({ effects: [reply('first')] }), []);
      await die(committer ?? '');
      const [second] = await two.commit([text()], deciding({ effects: [reply('second')] }), []);
      expect(second?.effects).toEqual([]);
      const due = await two.dueEffects(CLOCK, 10);
      expect(due.map(({ shown }) => shown?.text)).toEqual(['[first]', '[second]']);
      const [third] = await two.commit([text()], deciding({ effects: [reply('third')] }), []);
      expect(third?.effects).toHaveLength(1);
    });

    it('stands behind a retry of its lane, whoever committed it', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      const [first] = await one.commit([text()], deciding({ effects: [push('first')] }), []);
      const effectId = first?.effects[0]?.effectId ?? 0;
      const retry = { effectId, as: 'retry' as const, at: CLOCK + MINUTE, why: 'busy' };
      await one.commit([], deciding(), [retry]);
      const [second] = await two.commit([text()], deciding({ effects: [push('second')] }), []);
      expect(second?.effects).toEqual([]);
      expect(await two.dueEffects(CLOCK, 10)).toEqual([]);
      expect((await two.dueEffects(CLOCK + MINUTE, 10)).map(({ shown }) => shown?.text)).toEqual([
        '[first]',
        '[second]',
      ]);
    });
  });

  describe('a process that died', () => {
    it('is found once by those that start after it', async () => {
      const one = await open();
      await one.begin();
      const [dead] = await holders();
      const two = await open();
      expect(await two.begin()).toEqual({ unclean: false });
      await die(dead ?? '');
      const three = await open();
      expect(await three.begin()).toEqual({ unclean: true });
      expect(await two.begin()).toEqual({ unclean: false });
    });
  });

  describe('what people send', () => {
    it('is kept whatever characters it has', async () => {
      const store = await open();
      const said = 'a\0b \ud83d c \\u0000 "d" 🙂';
      const [outcome] = await store.commit(
        [{ ...base('chat\0'), type: 'text', text: said }],
        (_, loaded) => decided(loaded, { heard: { text: said }, effects: [reply(said)] }),
        [],
      );
      const lines = await store.transcript(outcome?.conversationId ?? '', 0, 10);
      expect(lines).toHaveLength(2);
      expect(lines[0]?.shown.text).toContain('\\u0000 "d" 🙂');
      expect((await store.conversationsForDesk(1))[0]?.lastText).toContain('🙂');
    });
  });

  describe('a store that is not ours to use', () => {
    it('is refused when it was sealed with another key', async () => {
      await open();
      await expect(open(Buffer.alloc(32, 8))).rejects.toMatchObject({ code: 'wrongKey' });
    });

    it('is refused when it has tables of another program', async () => {
      await ask('create table theirs (x integer)');
      await expect(open()).rejects.toMatchObject({ code: 'foreignDatabase' });
      expect(await ask('select * from theirs')).toEqual([]);
    });

    it('is refused when a newer assistant wrote it', async () => {
      await open();
      await ask('update unbinding_version set version = 999');
      await expect(open()).rejects.toMatchObject({ code: 'newerDatabase' });
    });
  });
});
