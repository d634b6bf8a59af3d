import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Masked } from '../../src/engine/mask.ts';
import { ForumDoor } from '../../src/forum/door.ts';
import { Forum } from '../../src/forum/forum.ts';
import type { ForumOptions } from '../../src/forum/options.ts';
import type { Store } from '../../src/store/contract.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { BotServer } from '../channels/telegram/bot-api/bot-server.ts';
import { ForumChat } from '../channels/telegram/bot-api/forum-chat.ts';
import { deciding, text } from '../store/turns.ts';

/** How many times faster a minute passes for the forum and its Telegram. */
const FASTER = 120;
const PAUSES = {
  gather: 20,
  settle: 1_000,
  idle: 10,
  search: 50,
  firstRetry: 10,
  longest: 100,
  mask: 60_000,
  call: 8_000,
  farewell: 400,
};

/** The forum alone over a real store and a loopback Telegram, in a time that passes faster. */
export class LoneForum {
  readonly logged: string[] = [];
  masks = new Map<string, Masked>();
  readonly #begun = Date.now();

  readonly store: Store;
  readonly telegram: BotServer;
  readonly group: ForumChat;

  private constructor(store: Store, telegram: BotServer, group: ForumChat) {
    this.store = store;
    this.telegram = telegram;
    this.group = group;
    group.now = this.now;
  }

  static async build(): Promise<LoneForum> {
    const folder = await mkdtemp(join(tmpdir(), 'forum-'));
    const key = Buffer.alloc(32, 1);
    const store = await openSqliteStore({ path: join(folder, 'unbinding.db'), key });
    const telegram = await BotServer.start();
    const group = new ForumChat(-1_001_234_567_890);
    telegram.chats.set(group.id, group);
    onTestFinished(async () => {
      await telegram.stop();
      await store.close();
      await rm(folder, { recursive: true });
    });
    return new LoneForum(store, telegram, group);
  }

  now = (): number => this.#begun + (Date.now() - this.#begun) * FASTER;

  start(more: Partial<ForumOptions> = {}): Forum {
    const sink = { write: (line: string) => void this.logged.push(line) };
    const log: Logger = pino({ level: 'info' }, sink);
    const never = async () => {
      throw new Error('nobody acts in this test');
    };
    const door = new ForumDoor(this.store, more.group ?? this.group.id, this.now);
    const forum = new Forum(
      {
        token: this.telegram.token,
        apiRoot: this.telegram.root,
        group: this.group.id,
        language: 'vi',
        store: this.store,
        live: { subscribe: () => () => undefined },
        acts: { takeOver: never, handBack: never, say: never, showPhoto: never, sendFile: never },
        decideCase: never,
        people: { link: never, agentOf: async () => null },
        masker: { masked: async (blobId) => this.masks.get(blobId) ?? { as: 'making' } },
        publicUrl: null,
        log,
        now: this.now,
        pauses: PAUSES,
        ...more,
      },
      door,
    );
    forum.start();
    onTestFinished(() => forum.stop());
    return forum;
  }

  /** Somebody writes these, one line each. */
  async wrote(
    chatId: string,
    words: readonly string[],
    more: { agent?: string; blobIds?: string[]; at?: number } = {},
  ): Promise<string> {
    const { agent, blobIds, at = this.now() } = more;
    const owner = agent && { who: 'agent' as const, agentId: agent, agentName: agent, epoch: 1 };
    const [done] = await this.store.commit(
      words.map((said) => ({ ...text(chatId, said), at })),
      (event, loaded) =>
        deciding({
          heard: { text: event.type === 'text' ? event.text : '', ...(blobIds ? { blobIds } : {}) },
          ...(owner ? { change: (conversation) => ({ ...conversation, owner }) } : {}),
        })(event, loaded),
      [],
    );
    return done?.conversationId ?? '';
  }
}
