import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createApply } from '../../src/cases/apply.ts';
import { deskApplications, deskBackend } from '../../src/cases/desk-backend.ts';
import { createSubmit } from '../../src/cases/submit.ts';
import { createTimeline } from '../../src/cases/timeline.ts';
import type { Channel, Delivery, FetchedFile } from '../../src/channels/contract.ts';
import type { Event, EventOf } from '../../src/dialogue/event.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { createFetch } from '../../src/engine/fetch.ts';
import { createRead } from '../../src/engine/read.ts';
import type { Read, Tidied } from '../../src/evidence/contract.ts';
import { loadFlows } from '../../src/flows/load.ts';
import { createErase } from '../../src/office/erase.ts';
import { createPair } from '../../src/pairing/pair.ts';
import { createShare } from '../../src/share/share.ts';
import type { DueEffect, Store, TranscriptLine } from '../../src/store/contract.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { calendar, root, settings, words } from '../conversations/world.ts';

/** A platform whose patience and temper the test decides. */
class Platform implements Channel {
  readonly name = 'telegram';
  readonly delivered: string[] = [];
  /** How the next deliveries end; `sent` when there is none. A promise holds the delivery up. */
  readonly answers: (Delivery | Promise<Delivery>)[] = [];

  async deliver(_effect: DueEffect, shown: { text: string }): Promise<Delivery> {
    const answer = (await this.answers.shift()) ?? { as: 'sent' };
    if (answer.as === 'sent') this.delivered.push(shown.text);
    return answer;
  }
  /** What asking for each file brings, one after the other; the last one stays. */
  readonly files = new Map<string, FetchedFile[]>();

  async fetchFile(ref: string): Promise<FetchedFile> {
    const [next, ...rest] = this.files.get(ref) ?? [];
    if (rest.length > 0) this.files.set(ref, rest);
    return next ?? { as: 'gone', why: 'no such file' };
  }
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
}

/** The real engine on a real store in a folder of its own, with a scripted platform and reader. */
export class EngineHouse {
  engine!: Engine;
  store!: Store;
  readonly platform = new Platform();
  reader: (bytes: Uint8Array, claim: string | null, whose?: string) => Promise<Read> =
    async () => ({ reading: { outcome: 'failed' } });
  tidy: (bytes: Uint8Array) => Promise<Tidied> = async (bytes) => ({ bytes, mime: 'image/jpeg' });
  flows = loadFlows(join(root, 'flows'));
  now = Date.parse('2026-11-23T10:00:00+07:00');
  readonly #folder: string;
  #events = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async build(): Promise<EngineHouse> {
    const house = new EngineHouse(await mkdtemp(join(tmpdir(), 'engine-')));
    await house.open();
    onTestFinished(async () => {
      await house.close();
      await rm(house.#folder, { recursive: true });
    });
    return house;
  }

  async open(): Promise<void> {
    const now = () => this.now;
    const channels = new Map([['telegram' as const, this.platform]]);
    this.store = await openSqliteStore({
      path: join(this.#folder, 'unbinding.db'),
      key: Buffer.alloc(32, 1),
      now,
    });
    this.engine = await createEngine({
      store: this.store,
      words,
      flows: this.flows,
      office: { snapshot: () => ({ calendar, settings }) },
      channels,
      performers: {
        fetch: createFetch({
          store: this.store,
          channels,
          photos: { tidy: (bytes) => this.tidy(bytes) },
          now,
        }),
        read: createRead({
          store: this.store,
          reader: { read: (...asked) => this.reader(...asked) },
          now,
        }),
        submit: createSubmit({
          store: this.store,
          backend: deskBackend,
          office: { snapshot: () => ({ calendar, settings }) },
          now,
        }),
        apply: createApply({ store: this.store, backend: deskApplications, now }),
        share: createShare({ links: null, now }),
        timeline: createTimeline({ store: this.store, now }),
        pair: createPair({ store: this.store, page: () => null, now }),
        erase: createErase({ store: this.store, now }),
      },
      log: pino({ level: 'silent' }),
      now,
    });
    await this.engine.start();
  }

  async close(): Promise<void> {
    await this.engine.stop();
    await this.store.close();
  }

  base(): Pick<Event, 'eventId' | 'at' | 'chatId'> & { channel: 'telegram' } {
    this.#events += 1;
    this.now += 1000;
    return { eventId: `e${this.#events}`, at: this.now, channel: 'telegram', chatId: 'chat' };
  }

  text(text: string): Promise<unknown> {
    return this.engine.accept({ ...this.base(), type: 'text', text });
  }

  agent(act: EventOf<'agentActed'>['act'], text?: string): Promise<unknown> {
    const said = text === undefined ? {} : { text };
    const agent = { agentId: 'lan', agentName: 'Lan' };
    return this.engine.accept({ ...this.base(), type: 'agentActed', act, ...agent, ...said });
  }

  /** Leaves in the database what no version understands. */
  damage(): void {
    const database = new DatabaseSync(join(this.#folder, 'unbinding.db'));
    database.exec("update conversations set state = '{}'");
    database.close();
  }

  async lines(): Promise<TranscriptLine[]> {
    const row = await this.store.conversationByChat('telegram', 'chat');
    return row ? this.store.transcript(row.conversationId, 0, 1000) : [];
  }
}
