import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { type Logger, pino } from 'pino';
import { createApply } from '../../../src/cases/apply.ts';
import { deskApplications, deskBackend } from '../../../src/cases/desk-backend.ts';
import { createSubmit } from '../../../src/cases/submit.ts';
import { createTimeline } from '../../../src/cases/timeline.ts';
import type { Channel } from '../../../src/channels/contract.ts';
import { FileLinks } from '../../../src/channels/file-link/links.ts';
import { fileRoutes } from '../../../src/channels/file-link/routes.ts';
import type { ChannelName, Event } from '../../../src/dialogue/event.ts';
import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import { createFetch } from '../../../src/engine/fetch.ts';
import { createRead } from '../../../src/engine/read.ts';
import type { Read, Tidied } from '../../../src/evidence/contract.ts';
import { loadFlows } from '../../../src/flows/load.ts';
import { createErase } from '../../../src/office/erase.ts';
import { createPair } from '../../../src/pairing/pair.ts';
import { createServer } from '../../../src/server/server.ts';
import { createShare } from '../../../src/share/share.ts';
import type { Store, TranscriptLine } from '../../../src/store/contract.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { calendar, root, settings, words } from '../../conversations/world.ts';

/** What a channel is built from. */
export interface Rooms {
  store: Store;
  intake: Pick<Engine, 'accept'>;
  live: Engine['live'];
  hints: Engine['hints'];
  photos: { tidy(bytes: Uint8Array): Promise<Tidied> };
  fileLinks: FileLinks;
  log: Logger;
}

export type Connect = (rooms: Rooms) => { channel: Channel; routes: FastifyPluginAsync };

/** The real engine, store and server around one channel; only the photo reader is scripted. */
export class House {
  engine!: Engine;
  store!: Store;
  reader: (bytes: Uint8Array) => Promise<Read> = async () => ({ reading: { outcome: 'failed' } });
  /** Everything logged, in all lives. */
  readonly logged: string[] = [];
  readonly #connect: Connect;
  readonly #folder: string;
  #app!: FastifyInstance;
  #channel!: Channel;
  #port = 0;
  /** Held deliveries wait for this. */
  #gate: { opened: Promise<void>; open: () => void } | null = null;

  private constructor(folder: string, connect: Connect) {
    this.#folder = folder;
    this.#connect = connect;
  }

  static async build(connect: Connect): Promise<House> {
    const house = new House(await mkdtemp(join(tmpdir(), 'channel-')), connect);
    await house.#open();
    return house;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  carriesFile(file: { mime: string; size: number }): boolean {
    return this.#channel.carriesFile?.(file) ?? false;
  }

  /** Keeps every delivery from going out, until the next start. */
  holdDeliveries(): void {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gate = { opened, open };
  }

  /** Stops and starts on the same storage and port. What was held did not go out. */
  async restart(): Promise<void> {
    await this.#close();
    await this.#open();
  }

  async remove(): Promise<void> {
    await this.#close();
    await rm(this.#folder, { recursive: true });
  }

  /** Lines of the one conversation of this channel, or of the newest. */
  async lines(): Promise<TranscriptLine[]> {
    const [newest] = await this.store.conversationsForDesk(1);
    return newest ? this.store.transcript(newest.conversationId, 0, 1000) : [];
  }

  async #open(): Promise<void> {
    this.store = await openSqliteStore({
      path: join(this.#folder, 'unbinding.db'),
      key: Buffer.alloc(32, 1),
    });
    const log = pino({ level: 'debug' }, { write: (line: string) => void this.logged.push(line) });
    const channels = new Map<ChannelName, Channel>();
    const photos = {
      tidy: async (bytes: Uint8Array): Promise<Tidied> =>
        bytes.length > 15 * 1024 * 1024 ? { refused: 'tooLarge' } : { bytes, mime: 'image/jpeg' },
    };
    const reader = { read: (bytes: Uint8Array) => this.reader(bytes) };
    const now = Date.now;
    const { store } = this;
    const office = { snapshot: () => ({ calendar, settings }) };
    this.engine = await createEngine({
      store,
      words,
      flows: loadFlows(join(root, 'flows')),
      office,
      channels,
      performers: {
        fetch: createFetch({ store, channels, photos, now }),
        read: createRead({ store, reader, now }),
        submit: createSubmit({ store, backend: deskBackend, office, now }),
        apply: createApply({ store, backend: deskApplications, now }),
        share: createShare({ links: null, now }),
        timeline: createTimeline({ store, now }),
        pair: createPair({ store, page: () => 'https://assistant.test/lan', now }),
        erase: createErase({ store, now }),
      },
      log,
    });
    const accept = (event: Event) => this.engine.accept(event);
    const { live, hints } = this.engine;
    const fileLinks = new FileLinks({ key: Buffer.alloc(32, 2), publicUrl: () => this.url });
    const { channel, routes } = this.#connect({
      store,
      intake: { accept },
      live,
      hints,
      photos,
      fileLinks,
      log,
    });
    this.#channel = channel;
    channels.set(channel.name, this.#holdable(channel));
    this.#app = await createServer({
      config: { publicUrl: null },
      log,
      ready: this.engine.ready,
      routes: [routes, fileRoutes({ links: fileLinks, store })],
    });
    const address = await this.#app.listen({ host: '127.0.0.1', port: this.#port });
    this.#port = Number(new URL(address).port);
    await channel.start();
    await this.engine.start();
  }

  #holdable(channel: Channel): Channel {
    const { fetchFile } = channel;
    return {
      name: channel.name,
      deliver: async (due, shown) => {
        if (!this.#gate) return channel.deliver(due, shown);
        await this.#gate.opened;
        return { as: 'transient', why: 'it was held' };
      },
      ...(fetchFile ? { fetchFile: (ref: string) => fetchFile(ref) } : {}),
      start: () => channel.start(),
      stop: () => channel.stop(),
    };
  }

  async #close(): Promise<void> {
    await this.#channel.stop();
    const closed = this.#app.close();
    // fetch connects ahead of a next request, and such a connection counts as busy.
    this.#app.server.closeAllConnections();
    await closed;
    this.#gate?.open();
    await this.engine.stop();
    await this.store.close();
    this.#gate = null;
  }
}
