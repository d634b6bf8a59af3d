import { join, resolve } from 'node:path';
import { pino } from 'pino';
import type { Channel } from '../../../src/channels/contract.ts';
import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import { loadFlows } from '../../../src/flows/load.ts';
import type { Store } from '../../../src/store/contract.ts';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { createWords } from '../../../src/words/words.ts';
import { calendar, settings } from '../../conversations/world.ts';

const HOME = resolve(import.meta.dirname, '../../..');

/** A platform that takes everything at once. */
export const prompt: Channel = {
  name: 'web',
  deliver: async () => ({ as: 'sent' }),
  start: async () => {},
  stop: async () => {},
};

const KEY = Buffer.alloc(32, 7);

/** What turns need beside a store. */
export const rooms = {
  words: createWords(join(HOME, 'locales')),
  flows: loadFlows(join(HOME, 'flows')),
  office: { snapshot: () => ({ calendar, settings }) },
  log: pino({ level: 'error' }),
};

/** @param where a folder for SQLite, or the address of a PostgreSQL */
export async function openBenchStore(where: string): Promise<Store> {
  return where.startsWith('postgres:')
    ? openPostgresStore({ url: where, key: KEY })
    : openSqliteStore({ path: join(where, 'unbinding.db'), key: KEY });
}

/**
 * The real engine on a real store, without HTTP and without a platform.
 * @param where as for `openBenchStore`
 */
export async function openBenchEngine(where: string): Promise<{ engine: Engine; store: Store }> {
  const store = await openBenchStore(where);
  const nothing = async () => {
    throw new Error('The turns of this bench fetch and read no photo and submit no case.');
  };
  const engine = await createEngine({
    store,
    ...rooms,
    channels: new Map([['web', prompt]]),
    performers: {
      fetch: nothing,
      read: nothing,
      submit: nothing,
      apply: nothing,
      share: nothing,
      timeline: nothing,
      pair: nothing,
      erase: nothing,
    },
  });
  return { engine, store };
}
