import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import type { Event } from '../../../src/dialogue/event.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { Masker } from '../../../src/engine/mask.ts';
import { createRead } from '../../../src/engine/read.ts';
import { createPhotoReader } from '../../../src/evidence/process.ts';
import { loadFlows } from '../../../src/flows/load.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { createWords } from '../../../src/words/words.ts';
import { calendar, settings } from '../../conversations/world.ts';
import { prompt } from '../turns/engine.ts';

const HOME = resolve(import.meta.dirname, '../../..');

type Said = Event extends infer E ? (E extends Event ? Omit<E, BaseKeys> : never) : never;
type BaseKeys = 'eventId' | 'at' | 'channel' | 'chatId';

/** The serving process without HTTP: engine, store and the real reading process. */
export async function openPhotoHouse(folder: string) {
  const log = pino({ level: 'warn' });
  const now = Date.now;
  const store = await openSqliteStore({ path: join(folder, 'loop.db'), key: Buffer.alloc(32, 7) });
  const reader = createPhotoReader({ log });
  const masker = new Masker({ store, drawer: reader, log, now });
  const read = createRead({ store, reader, now });
  const nothing = async () => {
    throw new Error('Nobody submits a case or sends a file to be fetched here.');
  };
  let reading = 0;
  let events = 0;
  const engine = await createEngine({
    store,
    words: createWords(join(HOME, 'locales')),
    flows: loadFlows(join(HOME, 'flows')),
    office: { snapshot: () => ({ calendar, settings }) },
    channels: new Map([['web', prompt]]),
    performers: {
      read: async (effect) => {
        const performed = await read(effect);
        reading -= 1;
        return performed;
      },
      fetch: nothing,
      submit: nothing,
      apply: nothing,
      share: nothing,
      timeline: nothing,
      pair: nothing,
      erase: nothing,
    },
    photoQueue: reader,
    log,
  });
  await engine.start();
  return {
    keep: async (bytes: Buffer) => {
      const tidied = await reader.tidy(bytes);
      if (!('bytes' in tidied)) throw new Error('The photo could not be kept.');
      return store.putBlob(tidied.bytes, tidied.mime);
    },
    accept: async (chatId: string, said: Said) => {
      events += 1;
      if (said.type === 'photos') reading += said.blobIds.length;
      const base = { eventId: `e${events}`, at: now(), channel: 'web', chatId } as const;
      await engine.accept({ ...base, ...said });
    },
    warmUp: (bytes: Buffer) => reader.read(bytes, null),
    allRead: async () => {
      while (reading > 0) await wait(20);
    },
    allMasked: async (blobIds: readonly string[]) => {
      masker.prepare(blobIds);
      for (const blobId of blobIds) {
        while ((await masker.masked(blobId)).as === 'making') await wait(50);
      }
    },
    close: async () => {
      await engine.stop();
      await reader.close();
      await store.close();
    },
  };
}
export type PhotoHouse = Awaited<ReturnType<typeof openPhotoHouse>>;
