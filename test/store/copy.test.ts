import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.ts';
import { readBackup, writeBackup } from '../../src/store/copy/backup.ts';
import type { Whereabouts } from '../../src/store/copy/contract.ts';
import { copyStore } from '../../src/store/copy/copy.ts';
import { tablesInOrder } from '../../src/store/copy/tables.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { whyNoPostgres } from '../postgres/binaries.ts';
import { PostgresServer } from '../postgres/server.ts';
import { contentOf, fill } from './filled.ts';
import { KEY, makeSqlitePlace } from './place.ts';
import { CLOCK, decided, draft, reply, text } from './turns.ts';

const withPostgres = whyNoPostgres() === null;
const engines = withPostgres ? (['SQLite', 'PostgreSQL'] as const) : (['SQLite'] as const);
const pairs = engines.flatMap((from) => engines.map((to) => ({ from, to })));

let server: PostgresServer | null = null;
let place: Awaited<ReturnType<typeof makeSqlitePlace>>;
let file: string;
let stores: Store[];

beforeAll(async () => {
  if (withPostgres) server = await PostgresServer.begin();
});
afterAll(() => server?.remove());

beforeEach(async () => {
  place = await makeSqlitePlace();
  file = join(place.folder, 'backup.db.gz');
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await place.remove();
});

let rooms = 0;

async function room(engine: string): Promise<Whereabouts> {
  rooms += 1;
  if (engine === 'SQLite') return { path: join(place.folder, `${rooms}`, 'unbinding.db') };
  if (!server) throw new Error('There is no PostgreSQL here.');
  return { url: await server.room() };
}

async function open(where: Whereabouts): Promise<Store> {
  const how = { key: KEY, now: () => CLOCK };
  const store =
    'url' in where
      ? await openPostgresStore({ ...where, ...how })
      : await openSqliteStore({ ...where, ...how });
  stores.push(store);
  return store;
}

const nothing = async () => {};
const tell = () => {};

const backUp = (from: Whereabouts, into = file) =>
  writeBackup({ file: into, from, key: KEY, complete: nothing, tell });

const restore = (to: Whereabouts, key = KEY) =>
  readBackup({ file, to, key, scratch: place.folder, complete: nothing, tell });

/** A new effect, a new case: numbers that must be higher than all before. */
async function numbersGoOn(store: Store, conversationId: string, highest: number): Promise<void> {
  const [next] = await store.commit(
    [text('a new chat')],
    (_, loaded) => decided(loaded, { effects: [reply('after')] }),
    [],
  );
  expect(next?.effects[0]?.effectId).toBeGreaterThan(highest);
  const second = await store.openCase({ conversationId, draft: draft('k2', 'D87654321') });
  expect(second).toEqual({ outcome: 'opened', number: 'UB-000002' });
}

const highestOf = (due: readonly { effectId: number }[]) =>
  Math.max(...due.map(({ effectId }) => effectId)) + 1;

describe.each(pairs)('a backup of $from in $to', ({ from, to }) => {
  it('has everything, and numbers go on where they were', async () => {
    const [was, is] = [await room(from), await room(to)];
    const before = await open(was);
    const filled = await fill(before);
    const content = await contentOf(before, filled);
    const written = await backUp(was);
    const read = await restore(is);
    expect(read).toEqual(written);
    expect(read.get('masked_blobs')).toBe(1);
    const after = await open(is);
    expect(await contentOf(after, filled)).toEqual(content);
    // One effect is done and gone: its number is the highest that there ever was.
    await numbersGoOn(after, filled.conversationId, highestOf(content.due));
  });

  it('is of one moment, though turns run, and the conversation goes on in it', async () => {
    const [was, is] = [await room(from), await room(to)];
    const before = await open(was);
    const said: string[] = [];
    const says = async (store: Store) => {
      said.push(`${said.length}`);
      await store.commit(
        [text('chat', said.at(-1))],
        (event, loaded) =>
          decided(loaded, {
            change: (conversation) => ({ ...conversation, counter: conversation.counter + 1 }),
            heard: { text: event.type === 'text' ? event.text : '' },
            effects: [reply('heard')],
          }),
        [],
      );
    };
    for (let i = 0; i < 30; i += 1) await says(before);
    let over = false;
    const running = (async () => {
      while (!over) {
        await says(before);
        await new Promise(setImmediate);
      }
    })();
    await backUp(was).finally(() => {
      over = true;
    });
    await running;
    await restore(is);
    const after = await open(is);
    const row = await after.conversationByChat('web', 'chat');
    const lines = await after.transcript(row?.conversationId ?? '', 0, 100_000);
    const heard = lines.filter(({ author }) => author === 'installer');
    expect(heard.length).toBeGreaterThanOrEqual(30);
    expect(heard.map(({ shown }) => shown.text)).toEqual(said.slice(0, heard.length));
    expect(lines).toHaveLength(2 * heard.length);
    await after.commit(
      [text('chat', 'after')],
      (_, loaded) => {
        expect(loaded.conversation?.counter).toBe(heard.length);
        return decided(loaded);
      },
      [],
    );
  });

  it('is not put over what is there, nor opened by another key', async () => {
    const [was, is] = [await room(from), await room(to)];
    await fill(await open(was));
    await backUp(was);
    await expect(restore(is, Buffer.alloc(32, 8))).rejects.toMatchObject({
      code: 'wrongKey',
      message: expect.stringContaining('SECRET_KEY'),
    });
    await restore(is);
    await expect(restore(is)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('already'),
    });
    await open(is);
    await expect(restore(is)).rejects.toMatchObject({ code: 'inUse' });
  });

  it('is not put over tokens either, and says so', async () => {
    const [was, is] = [await room(from), await room(to)];
    await fill(await open(was));
    await backUp(was);
    const other = await open(is);
    await other.addApiToken({
      tokenHash: 'h',
      name: 'report',
      scopes: ['cases:read'],
      createdAt: 1,
      createdBy: 'operator',
      expiresAt: null,
    });
    await other.close();
    await expect(restore(is)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('tokens already'),
    });
  });
});

describe('a backup', () => {
  it('is for its owner alone, holds no key, and takes no other file’s place', async () => {
    const was = await room('SQLite');
    await fill(await open(was));
    await backUp(was);
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect((await readFile(file)).includes(KEY)).toBe(false);
    await expect(backUp(was)).rejects.toMatchObject({
      message: expect.stringContaining('already'),
    });
  });

  it('that is damaged, cut off or something else is refused in a sentence, and nothing is made of it', async () => {
    const was = await room('SQLite');
    await fill(await open(was));
    await backUp(was);
    const whole = await readFile(file);
    const flipped = Buffer.from(whole);
    const middle = Math.floor(whole.length / 2);
    flipped[middle] = (flipped[middle] ?? 0) ^ 0xff;
    const wrong = [
      whole.subarray(0, whole.length - 5),
      whole.subarray(0, middle),
      flipped,
      Buffer.from('a letter'),
      Buffer.alloc(0),
      gzipSync('a letter'),
      gzipSync(''),
    ];
    const is = await room('SQLite');
    for (const bytes of wrong) {
      await writeFile(file, bytes);
      await expect(restore(is)).rejects.toMatchObject({
        code: 'damaged',
        message: expect.stringContaining('another copy'),
      });
    }
    await writeFile(file, whole);
    await restore(is);
  });

  it('cannot be made of nothing', async () => {
    await expect(backUp({ path: join(place.folder, 'none.db') })).rejects.toMatchObject({
      message: expect.stringContaining('STORAGE_DIR'),
    });
  });

  it('knows every table, each after those that it refers to', () => {
    const names = tablesInOrder().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['seen', 'ticks', 'case_picture_parts']));
    expect(names).not.toContain('meta');
    expect(names.indexOf('accounts')).toBeLessThan(names.indexOf('conversations'));
    expect(names.indexOf('conversations')).toBeLessThan(names.indexOf('cases'));
    expect(names.indexOf('blobs')).toBeLessThan(names.indexOf('masked_blobs'));
  });
});

describe.skipIf(!withPostgres)('moving from SQLite to PostgreSQL', () => {
  it('carries everything, tells of every table, and numbers go on where they were', async () => {
    const [was, is] = [await room('SQLite'), await room('PostgreSQL')];
    const before = await open(was);
    const filled = await fill(before);
    const content = await contentOf(before, filled);
    const told: string[] = [];
    const moved = await copyStore({
      from: was,
      to: is,
      key: KEY,
      tell: ({ table, done, total }) => {
        if (done === total) told.push(table);
      },
    });
    expect(told).toEqual(expect.arrayContaining([...moved.keys()]));
    const after = await open(is);
    expect(await contentOf(after, filled)).toEqual(content);
    await numbersGoOn(after, filled.conversationId, highestOf(content.due));
  });

  it('keeps a text with a NUL, which PostgreSQL cannot hold, without it', async () => {
    const [was, is] = [await room('SQLite'), await room('PostgreSQL')];
    const before = await open(was);
    const heard = { text: 'a\0b' };
    await before.commit([text('chat')], (_, loaded) => decided(loaded, { heard }), []);
    await copyStore({ from: was, to: is, key: KEY, tell });
    const row = await (await open(is)).conversationByChat('web', 'chat');
    expect(row?.lastText).toBe('a\uFFFDb');
  });
});
