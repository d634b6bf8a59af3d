import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Decide, Store } from '../../src/store/contract.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { sadpA, sadpB } from '../conversations/strings.ts';
import { contractSuite } from './contract-suite.ts';
import { KEY, makeSqlitePlace } from './place.ts';
import { base, DAY, decided, decideForReal, deciding, draft, NOW, reply, text } from './turns.ts';

contractSuite('SQLite', makeSqlitePlace);

let place: Awaited<ReturnType<typeof makeSqlitePlace>>;
let store: Store;

beforeEach(async () => {
  place = await makeSqlitePlace();
  store = await place.open();
});

afterEach(async () => {
  await store.close();
  await place.remove();
});

/** Looks into the file as another program would. */
function peek<T>(look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(place.path);
  try {
    return look(database);
  } finally {
    database.close();
  }
}

function count(table: string): unknown {
  return peek((database) => database.prepare(`select count(*) as n from ${table}`).get()?.n);
}

describe('a batch that fails', () => {
  const bomb = `create trigger bomb before insert on lines when new.shown like '%bomb%'
    begin select raise(abort, 'the trigger went off'); end`;

  it('writes nothing at all, and the store goes on', async () => {
    const [first] = await store.commit([text()], deciding({ effects: [reply('before')] }), []);
    const due = first?.effects[0];
    peek((database) => database.exec(bomb));
    const events = [text('chat', '1'), text('new'), text('chat', 'bomb'), text('chat', '4')];
    const decide: typeof decideForReal = (event, loaded) =>
      decided(loaded, {
        change: (before) => ({ ...before, counter: before.counter + 1 }),
        heard: { text: event.type === 'text' ? event.text : '' },
        effects: [
          { kind: 'keepSecret', ref: event.eventId, text: 'x' },
          { kind: 'setTimer', timer: 't', at: NOW },
          reply('answer'),
        ],
      });
    const settlements = [{ effectId: due?.effectId ?? 0, as: 'done' as const }];
    const failed = store.commit(events, decide, settlements);
    await expect(failed).rejects.toMatchObject({ name: 'StoreError', code: 'conflict' });
    await expect(failed).rejects.toHaveProperty('cause.message', 'the trigger went off');

    expect(await store.conversationsForDesk(10)).toHaveLength(1);
    expect(await store.dueEffects(NOW + DAY, 10)).toEqual([due]);
    expect(await store.dueTimers(NOW + DAY, 10)).toEqual([]);
    expect([count('seen'), count('lines'), count('secrets'), count('accounts')]).toEqual([
      1, 1, 0, 1,
    ]);

    const others = events.filter((_, index) => index !== 2);
    const outcomes = await store.commit(others, decide, settlements);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  });

  it('says so when another program holds the file, even if there was nothing to write', async () => {
    const other = new DatabaseSync(place.path);
    other.exec('begin immediate');
    await expect(store.commit([], deciding(), [])).rejects.toMatchObject({ code: 'busy' });
    other.exec('rollback');
    other.close();
    expect(await store.commit([], deciding(), [])).toEqual([]);
  });

  it('hands over a conversation that does not fit its schema as damaged, and goes on with the others', async () => {
    await store.commit([text()], deciding(), []);
    peek((database) => database.exec(`update conversations set state = '{"language":"geheim"}'`));
    const seen: (string | null)[] = [];
    const decide: Decide = (event, loaded) => {
      seen.push(loaded.damaged);
      return deciding({ setAside: loaded.damaged })(event, loaded);
    };
    await store.commit([text(), text('another')], decide, []);
    expect(seen).toEqual([expect.stringContaining('does not fit this version'), null]);
    expect(seen[0]).not.toContain('geheim');
    expect(await store.setAsideEvents(5)).toHaveLength(1);
  });
});

describe('what lies on the disk', () => {
  async function bytesOnDisk(): Promise<Buffer> {
    const names = await readdir(place.folder);
    return Buffer.concat(
      await Promise.all(names.map((name) => readFile(join(place.folder, name)))),
    );
  }

  it('shows neither SADP strings nor photos, in the open file or the closed one', async () => {
    const photo = randomBytes(50_000);
    const blobId = await store.putBlob(photo, 'image/jpeg');
    const said = ['xin chào', 'mạng khác', 'D12345678', sadpA(), `chuỗi đây: ${sadpB()}`];
    await store.commit(
      said.map((one) => text('chat', one)),
      decideForReal,
      [],
    );
    await store.commit(
      [
        { ...base(), type: 'photos', blobIds: [blobId] },
        { ...base(), type: 'text', text: sadpA('another') },
      ],
      (event, loaded) => decided(loaded, { setAside: 'TypeError', heard: { text: event.type } }),
      [],
    );
    expect(count('secrets')).toBeGreaterThan(0);

    const hidden = [sadpA(), sadpB(), sadpA('another')].flatMap((string) => [
      Buffer.from(string.slice(0, 40)),
      Buffer.from(string.slice(-40)),
      Buffer.from(string, 'base64').subarray(8, 40),
    ]);
    hidden.push(photo.subarray(100, 140), photo.subarray(-40));
    const open = await bytesOnDisk();
    await store.close();
    for (const bytes of [open, await bytesOnDisk()]) {
      expect(bytes.includes('D12345678')).toBe(true);
      expect(hidden.filter((part) => bytes.includes(part))).toEqual([]);
    }
  });

  it('opens nothing that was moved to another row or changed', async () => {
    const effects = ['s1', 's2', 's3'].map((ref) => ({
      kind: 'keepSecret' as const,
      ref,
      text: `the text of ${ref}`,
    }));
    await store.commit([text()], deciding({ effects }), []);
    peek((database) => {
      const read = database.prepare('select sealed from secrets where ref = ?');
      const write = database.prepare('update secrets set sealed = ? where ref = ?');
      write.run(read.get('s1')?.sealed ?? null, 's2');
      const changed = Buffer.from(read.get('s3')?.sealed as Uint8Array);
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      write.run(changed, 's3');
    });
    expect(await store.revealSecret('s1')).toBe('the text of s1');
    for (const ref of ['s2', 's3']) {
      await expect(store.revealSecret(ref)).rejects.toMatchObject({ code: 'damaged' });
    }
  });

  it('seals the same text differently each time', async () => {
    const effects = ['s1', 's2'].map((ref) => ({ kind: 'keepSecret' as const, ref, text: 'same' }));
    await store.commit([text()], deciding({ effects }), []);
    const rows = peek((database) => database.prepare('select sealed from secrets').all());
    const ivs = rows.map(({ sealed }) => Buffer.from(sealed as Uint8Array).toString('hex', 1, 13));
    expect(new Set(ivs).size).toBe(2);
  });

  it.skipIf(process.platform === 'win32')('is for this user alone', async () => {
    await store.commit([text()], deciding(), []);
    for (const name of ['unbinding.db', 'unbinding.db-wal']) {
      expect((await stat(join(place.folder, name))).mode & 0o077).toBe(0);
    }
  });
});

describe('housekeeping', () => {
  it('drops more than one piece of old events, and what was replaced', async () => {
    const events = Array.from({ length: 4_500 }, () => text());
    await store.commit(events, deciding(), []);
    const [first] = await store.commit([text()], deciding({ effects: [reply('late')] }), []);
    const effectId = first?.effects[0]?.effectId ?? 0;
    await store.commit([], deciding(), [{ effectId, as: 'retry', at: NOW, why: 'busy' }]);
    await store.commit([text()], deciding({ effects: [reply('answer')] }), []);
    expect([count('seen'), count('effects')]).toEqual([4_502, 2]);
    await store.sweep(NOW + 8 * DAY);
    expect([count('seen'), count('effects')]).toEqual([0, 1]);
  });

  it('leaves what failed for good to operators for 90 days', async () => {
    const effects = [reply('a'), reply('b')];
    const [turned] = await store.commit([text()], deciding({ effects }), []);
    const [a, b] = (turned?.effects ?? []).map(({ effectId }) => effectId);
    await store.commit([], deciding(), [
      { effectId: a ?? 0, as: 'dead', why: 'no such chat' },
      { effectId: b ?? 0, as: 'ambiguous', why: 'stopped' },
    ]);
    await store.sweep(NOW + 89 * DAY);
    const rows = peek((database) => database.prepare('select state, why from effects').all());
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { state: 'dead', why: 'no such chat' },
      { state: 'ambiguous', why: 'stopped' },
    ]);
    await store.sweep(NOW + 91 * DAY);
    expect(count('effects')).toBe(0);
  });
});

describe('a case that is asked for at the same time', () => {
  it('goes to one of many', async () => {
    const chats = Array.from({ length: 20 }, (_, index) => `chat-${index}`);
    const outcomes = await store.commit(
      chats.map((chatId) => text(chatId)),
      deciding(),
      [],
    );
    const answers = await Promise.all(
      outcomes.map(({ conversationId }, index) =>
        store.openCase({ conversationId, draft: draft(`k${index}`, 'D12345678') }),
      ),
    );
    expect(answers.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1);
    expect(count('cases')).toBe(1);
  });
});

describe('a file that cannot be used', () => {
  async function refusal(path = place.path, key = KEY): Promise<unknown> {
    return openSqliteStore({ path, key }).then(
      () => 'it opened',
      (error: unknown) => error,
    );
  }

  it('is refused with a sentence when it is no database', async () => {
    const path = join(place.folder, 'letter.db');
    await writeFile(path, 'This is a letter, not a database. '.repeat(40));
    expect(await refusal(path)).toMatchObject({
      name: 'StoreError',
      code: 'notADatabase',
      message: `${path} cannot be opened. The file is not a database.`,
    });
    expect(await readFile(path, 'utf8')).toMatch(/^This is a letter/);
  });

  it('is refused when it is the database of another program', async () => {
    const path = join(place.folder, 'other.db');
    const other = new DatabaseSync(path);
    other.exec('create table recipes (name text)');
    other.close();
    expect(await refusal(path)).toMatchObject({ code: 'foreignDatabase' });
  });

  it('is refused when its folder cannot be', async () => {
    const path = join(place.path, 'below', 'unbinding.db');
    expect(await refusal(path)).toMatchObject({
      code: 'cannotOpen',
      message: expect.stringContaining('cannot be written'),
    });
  });

  it('is refused when it was written by a newer version', async () => {
    await store.close();
    peek((database) => database.exec('pragma user_version = 1000'));
    expect(await refusal()).toMatchObject({
      code: 'newerDatabase',
      message: expect.stringContaining('was written by a newer assistant (version 1000'),
    });
  });

  it('is refused with another key, and opens again with the right one', async () => {
    await store.close();
    expect(await refusal(place.path, randomBytes(32))).toMatchObject({ code: 'wrongKey' });
    store = await place.open();
    expect(await store.agents()).toEqual([]);
  });

  it('is refused while a store of this process has it open', async () => {
    expect(await refusal()).toMatchObject({ code: 'inUse' });
  });
});
