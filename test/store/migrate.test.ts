import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asStoreError } from '../../src/store/sqlite/errors.ts';
import { createQueries } from '../../src/store/sqlite/kysely.ts';
import { migrate } from '../../src/store/sqlite/migrate.ts';

let database: DatabaseSync;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
});

afterEach(() => database.close());

const first = { name: 'first', sql: 'create table a (x integer); insert into a values (1)' };
const second = { name: 'second', sql: 'alter table a add column y integer default 2' };
const broken = {
  name: 'broken',
  sql: 'create table b (x integer); insert into nowhere values (1)',
};

function version(): unknown {
  return database.prepare('pragma user_version').get()?.user_version;
}

it('runs each migration once, in order', () => {
  migrate(database, 'file', [first]);
  migrate(database, 'file', [first]);
  migrate(database, 'file', [first, second]);
  migrate(database, 'file', [first, second]);
  expect({ ...database.prepare('select * from a').get() }).toEqual({ x: 1, y: 2 });
  expect(version()).toBe(2);
});

it('undoes a migration that fails, keeps those before it, and goes on from there', () => {
  expect(() => migrate(database, 'file', [first, broken, second])).toThrow('no such table');
  expect(version()).toBe(1);
  expect(() => database.prepare('select * from b')).toThrow('no such table');
  migrate(database, 'file', [first, second]);
  expect(version()).toBe(2);
});

it('refuses a database that is newer', () => {
  migrate(database, 'file', [first, second]);
  expect(() => migrate(database, 'file', [first])).toThrow(/written by a newer assistant/);
});

it('knows a full disk', () => {
  migrate(database, 'file', [first]);
  database.exec('pragma max_page_count = 3');
  const fill = () => {
    for (;;) database.exec(`insert into a select zeroblob(4000)`);
  };
  expect(fill).toThrow();
  try {
    fill();
  } catch (error) {
    expect(asStoreError(error)).toMatchObject({ code: 'full', cause: error });
  }
});

it('lets no transaction of Kysely begin, since a commit of turns would slip into it', async () => {
  const queries = createQueries(database);
  const work = queries.transaction().execute((trx) => sql`select 1`.execute(trx));
  await expect(work).rejects.toThrow('without an await');
  expect(database.isTransaction).toBe(false);
});
