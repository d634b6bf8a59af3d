import type { Client } from 'pg';
import { StoreError } from '../errors.ts';
import { keyOpens } from '../postgres/key-check.ts';
import { versionOf } from '../postgres/migrate.ts';
import { MIGRATIONS } from '../postgres/migrations.ts';
import { createClient, TIMES } from '../postgres/pool.ts';
import { storable } from '../postgres/storable.ts';
import type { Vault } from '../vault.ts';
import type { Source, Table, Target, Value } from './contract.ts';
import { refuseFilled, wrongKey, wrongVersion } from './refusals.ts';

const HERE = 'The database of DATABASE_URL';

/** However long it takes. */
async function connect(url: string): Promise<Client> {
  const client = createClient(url, { ...TIMES, answer: 0 });
  // A broken connection is told by the statement that it breaks.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function countIn(client: Client, { name }: Table): Promise<number> {
  const { rows } = await client.query(`select count(*)::int as count from ${name}`);
  return rows[0]?.count;
}

/**
 * Where the table's numbers come from, or null: cases are numbered by `lastCase`, and the rest by
 * what they are.
 */
async function sequenceOf(client: Client, { name }: Table): Promise<string | null> {
  const { rows } = await client.query(
    `select pg_get_serial_sequence($1, column_name) as sequence from information_schema.columns
     where table_schema = current_schema() and table_name = $1 and is_identity = 'YES'`,
    [name],
  );
  return rows[0]?.sequence ?? null;
}

/**
 * Reads a database, also while assistants write to it: one transaction sees one moment.
 * @throws StoreError `otherVersion`, `wrongKey`; else what the driver throws
 */
export async function openPostgresSource(url: string, vault: Vault): Promise<Source> {
  const client = await connect(url);
  try {
    await client.query('begin isolation level repeatable read read only');
    if ((await versionOf(client)) !== MIGRATIONS.length) throw wrongVersion(HERE);
    if (!(await keyOpens(client, vault))) throw wrongKey(HERE);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    count: (table) => countIn(client, table),
    async *rows({ name, columns }, atATime) {
      await client.query(
        `declare read no scroll cursor for select ${columns.join(', ')} from ${name}`,
      );
      for (;;) {
        const fetched = await client.query({
          text: `fetch ${atATime} from read`,
          rowMode: 'array',
        });
        if (fetched.rows.length === 0) break;
        yield fetched.rows as Value[][];
      }
      await client.query('close read');
    },
    async lastNumber(table) {
      const sequence = await sequenceOf(client, table);
      if (sequence === null) return null;
      const { rows } = await client.query(
        `select case when is_called then last_value else last_value - 1 end as last from ${sequence}`,
      );
      return rows[0]?.last;
    },
    async documents() {
      return (await client.query(`select name, value from meta where name like 'document:%'`)).rows;
    },
    close: () => client.end(),
  };
}

/**
 * Fills a database that this version has made.
 * @throws StoreError `conflict`: it holds conversations, people or tokens already; `inUse`: assistants run
 */
export async function openPostgresTarget(url: string): Promise<Target> {
  const client = await connect(url);
  try {
    await client.query('begin');
    await refuseUsed(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    async put({ name, columns }, rows) {
      await client.query(insertOf(name, columns, rows.length), rows.flat().map(written));
    },
    count: (table) => countIn(client, table),
    async goOnAfter(table, number) {
      const sequence = await sequenceOf(client, table);
      if (sequence !== null && number > 0) {
        await client.query('select setval($1, $2)', [sequence, number]);
      }
    },
    async putDocument(name, value) {
      await client.query(
        `insert into meta (name, value) values ($1, $2)
         on conflict (name) do update set value = excluded.value`,
        [name, value],
      );
    },
    async keep() {
      await client.query(
        `update meta set value = (select coalesce(max(id), 0)::text from cases)
         where name = 'lastCase'`,
      );
      await client.query('commit');
    },
    close: () => client.end(),
  };
}

async function refuseUsed(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select exists (select from processes where process_lives_1(holder)) as used,
       exists (select from conversations) or exists (select from agents)
         or exists (select from api_tokens) as filled`,
  );
  if (rows[0]?.used) {
    throw new StoreError(
      'inUse',
      `Assistants run over the database of DATABASE_URL; stop them first.`,
    );
  }
  if (rows[0]?.filled) throw refuseFilled(HERE);
}

function insertOf(table: string, columns: readonly string[], rows: number): string {
  const width = columns.length;
  const places = Array.from({ length: rows }, (_, row) => {
    const one = columns.map((__, column) => `$${row * width + column + 1}`);
    return `(${one.join(', ')})`;
  });
  return `insert into ${table} (${columns.join(', ')}) values ${places.join(', ')}`;
}

function written(value: Value): Value {
  if (value instanceof Uint8Array) return Buffer.from(value);
  return typeof value === 'string' ? storable(value) : value;
}
