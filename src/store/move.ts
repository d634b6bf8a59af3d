import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { ClientBase } from 'pg';
import { StoreError } from './errors.ts';
import { storable } from './postgres/storable.ts';

/** In an order in which each row finds those that it refers to. */
const TABLES = [
  'accounts',
  'conversations',
  'lines',
  'effects',
  'timers',
  'cases',
  'case_steps',
  'case_pictures',
  'case_picture_parts',
  'push_subscriptions',
  'secrets',
  'blobs',
  'masked_blobs',
  'shown_messages',
  'seen',
  'attempts',
  'set_aside',
  'agents',
  'sessions',
  'notes',
  'seen_lines',
  'off_duty',
  'invites',
  'ratings',
  'audit',
];

/** Columns that number rows, where the numbers go on after the move. */
const NUMBERED: Record<string, string> = {
  conversations: 'id',
  lines: 'id',
  effects: 'effect_id',
  timers: 'timer_id',
  case_pictures: 'id',
  set_aside: 'id',
  audit: 'id',
  notes: 'id',
};

/** Values of one statement: PostgreSQL takes 65,535, and photos are large. */
const VALUES_AT_A_TIME = 2_000;
const BLOBS_AT_A_TIME = 4;

export interface Progress {
  table: string;
  done: number;
  total: number;
}

/**
 * Copies all rows of a SQLite store into an empty PostgreSQL one, in one transaction: what is
 * interrupted leaves nothing behind. Both stores are made already, and nobody uses either.
 * @param path of the SQLite file
 * @returns rows by table
 * @throws StoreError `conflict`: the target is not empty, or does not hold what was copied
 */
export async function moveRows(
  path: string,
  target: ClientBase,
  tell: (progress: Progress) => void,
): Promise<Map<string, number>> {
  const source = new DatabaseSync(path, { readOnly: true });
  const moved = new Map<string, number>();
  await target.query('begin');
  try {
    await refuseFilled(target);
    for (const table of TABLES) moved.set(table, await moveTable(source, target, table, tell));
    await moveDocuments(source, target);
    await goOnNumbering(source, target);
    for (const [table, count] of moved) {
      const { rows } = await target.query(`select count(*)::int as count from ${table}`);
      if (rows[0]?.count === count) continue;
      throw new StoreError(
        'conflict',
        `${table}: ${count} rows were read, ${rows[0]?.count} are there.`,
      );
    }
    await target.query('commit');
    return moved;
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    source.close();
  }
}

async function refuseFilled(target: ClientBase): Promise<void> {
  const { rows } = await target.query(
    'select exists (select from conversations) or exists (select from agents) as filled',
  );
  if (!rows[0]?.filled) return;
  throw new StoreError(
    'conflict',
    'The database of DATABASE_URL has conversations or people already; move into an empty one.',
  );
}

async function moveTable(
  source: DatabaseSync,
  target: ClientBase,
  table: string,
  tell: (progress: Progress) => void,
): Promise<number> {
  const total = Number(source.prepare(`select count(*) as count from ${table}`).get()?.count);
  const columns = source
    .prepare(`select * from ${table}`)
    .columns()
    .map(({ name }) => name);
  const perStatement =
    table === 'blobs' || table === 'masked_blobs'
      ? BLOBS_AT_A_TIME
      : Math.floor(VALUES_AT_A_TIME / columns.length);
  let piece: SQLOutputValue[] = [];
  let done = 0;
  const flush = async () => {
    const rows = piece.length / columns.length;
    if (rows === 0) return;
    await target.query(insertOf(table, columns, rows), piece);
    done += rows;
    piece = [];
    tell({ table, done, total });
  };
  tell({ table, done, total });
  for (const row of source.prepare(`select * from ${table}`).iterate()) {
    for (const name of columns) piece.push(written(row[name] ?? null));
    if (piece.length >= perStatement * columns.length) await flush();
  }
  await flush();
  return done;
}

function insertOf(table: string, columns: readonly string[], rows: number): string {
  const width = columns.length;
  const places = Array.from({ length: rows }, (_, row) => {
    const row_ = columns.map((__, column) => `$${row * width + column + 1}`);
    return `(${row_.join(', ')})`;
  });
  return `insert into ${table} (${columns.join(', ')}) values ${places.join(', ')}`;
}

function written(value: SQLOutputValue): SQLOutputValue {
  if (value instanceof Uint8Array) return Buffer.from(value);
  return typeof value === 'string' ? storable(value) : value;
}

/** Of `meta` only what is meant for all processes; the rest speaks of the file. */
async function moveDocuments(source: DatabaseSync, target: ClientBase): Promise<void> {
  const documents = source.prepare(`select name, value from meta where name like 'document:%'`);
  for (const { name, value } of documents.all()) {
    await target.query(
      `insert into meta (name, value) values ($1, $2)
       on conflict (name) do update set value = excluded.value`,
      [name, value],
    );
  }
}

/** Numbers of effects and timers never come back, also those of rows that are gone. */
async function goOnNumbering(source: DatabaseSync, target: ClientBase): Promise<void> {
  for (const [table, column] of Object.entries(NUMBERED)) {
    const last = source
      .prepare(
        `select max(coalesce((select max(${column}) from ${table}), 0),
           coalesce((select seq from sqlite_sequence where name = ?), 0)) as last`,
      )
      .get(table);
    await target.query('select setval(pg_get_serial_sequence($1, $2), $3)', [
      table,
      column,
      Math.max(1, Number(last?.last)),
    ]);
  }
  await target.query(
    `update meta set value = (select coalesce(max(id), 0)::text from cases) where name = 'lastCase'`,
  );
}
