import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { Assistant } from '../e2e/assistant.ts';
import { PostgresServer } from '../postgres/server.ts';
import type { All } from './invariants.ts';

/** The processes of a run and what they keep their data in. */
export interface Fleet {
  readonly processes: readonly Assistant[];
  /** The server they share, or null where one process has a file. */
  readonly server: PostgresServer | null;
  /** Looks into the tables, whoever is alive. */
  look<T>(work: (all: All) => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

/** One process over a SQLite file. */
export async function sqliteFleet(settings: Record<string, string>): Promise<Fleet> {
  const assistant = await Assistant.begin(settings);
  return {
    processes: [assistant],
    server: null,
    async look(work) {
      const store = new DatabaseSync(join(assistant.storage, 'unbinding.db'), { readOnly: true });
      try {
        return await work(async (sql, ...values) => store.prepare(sql).all(...values));
      } finally {
        store.close();
      }
    },
    remove: () => assistant.remove(),
  };
}

/** Several processes over one PostgreSQL. */
export async function postgresFleet(
  processes: number,
  settings: Record<string, string>,
): Promise<Fleet> {
  const server = await PostgresServer.begin();
  const url = await server.room();
  const environment = {
    ...settings,
    DATABASE_URL: url,
    SECRET_KEY: randomBytes(32).toString('base64'),
  };
  const all = await Promise.all(
    Array.from({ length: processes }, () => Assistant.begin(environment)),
  );
  return {
    processes: all,
    server,
    async look(work) {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        return await work(async (sql, ...values) => {
          let count = 0;
          const numbered = sql.replace(/\?/g, () => `$${++count}`);
          return (await client.query(numbered, values)).rows;
        });
      } finally {
        await client.end();
      }
    },
    async remove() {
      for (const assistant of all) await assistant.remove();
      await server.remove();
    },
  };
}
