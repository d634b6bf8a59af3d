import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { createApply } from '../../src/cases/apply.ts';
import { deskApplications, deskBackend } from '../../src/cases/desk-backend.ts';
import { createSubmit } from '../../src/cases/submit.ts';
import { createTimeline } from '../../src/cases/timeline.ts';
import type { Channel } from '../../src/channels/contract.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { createFetch } from '../../src/engine/fetch.ts';
import { createRead } from '../../src/engine/read.ts';
import type { Read, Tidied } from '../../src/evidence/contract.ts';
import { createPhotoReader } from '../../src/evidence/process.ts';
import { loadFlows } from '../../src/flows/load.ts';
import { createErase } from '../../src/office/erase.ts';
import { createPair } from '../../src/pairing/pair.ts';
import { createShare } from '../../src/share/share.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Rendered } from '../../src/words/words.ts';
import { calendar, root, settings, words } from '../conversations/world.ts';

/** A machine that is busy must not change what a photo shows: readers stop by their work, not by the clock. */
const PATIENT = { wallMs: 60_000, hardMs: 90_000, waitMs: 300_000, startMs: 60_000 };

/** One reading for the same bytes, since the same photo is sent in both languages. */
function once<T>(read: (bytes: Uint8Array, claim: string | null) => Promise<T>) {
  const known = new Map<string, Promise<T>>();
  return (bytes: Uint8Array, claim: string | null): Promise<T> => {
    const key = `${claim}:${createHash('sha256').update(bytes).digest('hex')}`;
    const reading = known.get(key) ?? read(bytes, claim);
    known.set(key, reading);
    return reading;
  };
}

/** The real engine, store and photo reader, and a screen a chat. The clock goes on by the second. */
export class BadInputsHouse {
  readonly engine: Engine;
  /** What chats were shown, oldest first. */
  readonly screens = new Map<string, Rendered[]>();
  /** Bytes that a platform holds, by reference. */
  readonly files = new Map<string, Uint8Array>();
  now = Date.parse('2026-11-23T10:00:00+07:00');
  #events = 0;
  readonly #close: () => Promise<void>;
  readonly #due: () => Promise<number>;

  private constructor(
    engine: Engine,
    parts: { due: () => Promise<number>; close: () => Promise<void> },
  ) {
    this.engine = engine;
    this.#close = parts.close;
    this.#due = parts.due;
  }

  static async build(): Promise<BadInputsHouse> {
    const folder = await mkdtemp(join(tmpdir(), 'bad-inputs-'));
    const log = pino({ level: 'silent' });
    const now = () => house.now;
    const reader = createPhotoReader({ log, limits: PATIENT });
    const read = once<Read>((bytes, claim) => reader.read(bytes, claim));
    const tidy = once<Tidied>((bytes) => reader.tidy(bytes));
    const store = await openSqliteStore({
      path: join(folder, 'unbinding.db'),
      key: randomBytes(32),
      now,
    });
    const screen: Channel = {
      name: 'telegram',
      deliver: async ({ chatId }, shown) => {
        const lines = house.screens.get(chatId) ?? [];
        house.screens.set(chatId, [...lines, shown]);
        return { as: 'sent' };
      },
      fetchFile: async (ref) => {
        const bytes = house.files.get(ref);
        return bytes ? { as: 'bytes', bytes } : { as: 'gone', why: 'no such file' };
      },
      start: async () => {},
      stop: async () => {},
    };
    const channels = new Map([['telegram' as const, screen]]);
    const photos = { tidy: (bytes: Uint8Array) => tidy(bytes, null) };
    const office = { snapshot: () => ({ calendar, settings }) };
    const engine = await createEngine({
      store,
      words,
      flows: loadFlows(join(root, 'flows')),
      office,
      channels,
      performers: {
        fetch: createFetch({ store, channels, photos, now }),
        read: createRead({ store, reader: { read }, now }),
        submit: createSubmit({ store, backend: deskBackend, office, now }),
        apply: createApply({ store, backend: deskApplications, now }),
        share: createShare({ links: null, now }),
        timeline: createTimeline({ store, now }),
        pair: createPair({ store, page: () => null, now }),
        erase: createErase({ store, now }),
      },
      log,
      now,
    });
    const close = async () => {
      await engine.stop();
      await reader.close();
      await store.close();
      await rm(folder, { recursive: true });
    };
    const due = async () => (await store.dueEffects(house.now, 1)).length;
    const house = new BadInputsHouse(engine, { due, close });
    await engine.start();
    return house;
  }

  base(chatId: string) {
    this.#events += 1;
    this.now += 1000;
    return { eventId: `e${this.#events}`, at: this.now, channel: 'telegram' as const, chatId };
  }

  /** Resolves when every file is fetched, every photo read, every case sent and every reply shown. */
  async settled(): Promise<void> {
    while (this.engine.effects() > 0 || (await this.#due()) > 0) await wait(5);
  }

  close(): Promise<void> {
    return this.#close();
  }
}
