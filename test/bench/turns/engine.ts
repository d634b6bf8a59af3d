import { join, resolve } from 'node:path';
import { pino } from 'pino';
import type { Channel } from '../../../src/channels/contract.ts';
import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import { loadFlows } from '../../../src/flows/load.ts';
import type { Store } from '../../../src/store/contract.ts';
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

/** The real engine on a real store, without HTTP and without a platform. */
export async function openBenchEngine(folder: string): Promise<{ engine: Engine; store: Store }> {
  const store = await openSqliteStore({
    path: join(folder, 'unbinding.db'),
    key: Buffer.alloc(32, 7),
  });
  const nothing = async () => {
    throw new Error('The turns of this bench fetch and read no photo and submit no case.');
  };
  const engine = await createEngine({
    store,
    words: createWords(join(HOME, 'locales')),
    flows: loadFlows(join(HOME, 'flows')),
    office: { snapshot: () => ({ calendar, settings }) },
    channels: new Map([['web', prompt]]),
    performers: { fetch: nothing, read: nothing, submit: nothing, pair: nothing },
    log: pino({ level: 'error' }),
  });
  return { engine, store };
}
