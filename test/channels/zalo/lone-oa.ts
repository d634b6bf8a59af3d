import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createOaChannel } from '../../../src/channels/zalo/oa/oa-channel.ts';
import type { OaOptions } from '../../../src/channels/zalo/oa/options.ts';
import { StoredTokens } from '../../../src/channels/zalo/oa/tokens/stored-tokens.ts';
import type { Config } from '../../../src/config.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import { answerTrouble } from '../../../src/server/trouble.ts';
import type { DueEffect, Store } from '../../../src/store/contract.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Rendered } from '../../../src/words/words.ts';
import { KEY } from '../../store/place.ts';
import { decideForReal, draft } from '../../store/turns.ts';
import { NO_FILE_LINKS } from '../no-file-links.ts';
import { OaServer } from './oa-server/oa-server.ts';
import { configFor } from './settings.ts';
import { ZaloUser } from './zalo-user.ts';

type Channel = ReturnType<typeof createOaChannel>['channel'];

/** The channel over a real store and the real dialogue, without a worker: tests deliver themselves. */
export class LoneOa {
  readonly server: OaServer;
  readonly store: Store;
  readonly events: Event[] = [];
  readonly logged: { level: number; msg: string }[] = [];
  channel!: Channel;
  /** Added to the time of this machine, everywhere. */
  ahead = 0;
  /** How an event is taken; by a turn, as it is. */
  take: (event: Event) => Promise<unknown> = async (event) => {
    const [outcome] = await this.store.commit([event], decideForReal, []);
    return outcome;
  };
  #effects = 1_000_000;

  private constructor(server: OaServer, store: Store) {
    this.server = server;
    this.store = store;
    server.now = this.now;
    server.oauth.now = this.now;
  }

  readonly now = () => Date.now() + this.ahead;

  static async start(
    more: Partial<NonNullable<Config['zaloOa']>> = {},
    options: Partial<OaOptions> = {},
  ): Promise<LoneOa> {
    const server = await OaServer.start();
    const folder = await mkdtemp(join(tmpdir(), 'lone-oa-'));
    const store = await openSqliteStore({ path: join(folder, 'unbinding.db'), key: KEY });
    const lone = new LoneOa(server, store);
    const write = (line: string) => void lone.logged.push(JSON.parse(line));
    const log: Logger = pino({ level: 'debug' }, { write });
    const { channel, routes } = createOaChannel({
      config: configFor(server, more),
      publicUrl: null,
      fileLinks: NO_FILE_LINKS,
      store,
      intake: {
        accept: async (event) => {
          const outcome = await lone.take(event);
          lone.events.push(event);
          return outcome;
        },
      },
      log,
      now: lone.now,
      ...options,
      pauses: { call: 2_000, commit: 300, lookAgain: 10, ...options.pauses },
    });
    lone.channel = channel;
    const app = fastify();
    answerTrouble(app);
    await app.register(routes);
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    server.events.url = `${address}/webhooks/zalo-oa`;
    await lone.connect();
    onTestFinished(async () => {
      server.events.close();
      app.server.closeAllConnections();
      await app.close();
      await store.close();
      await server.stop();
      await rm(folder, { recursive: true });
    });
    return lone;
  }

  async connect(): Promise<void> {
    const { access_token, refresh_token } = this.server.oauth.grant();
    const granted = { accessToken: access_token, refreshToken: refresh_token, expiresIn: 90_000 };
    await new StoredTokens(this.store).connect(this.server.oaId, granted, this.now());
  }

  /** What operators read: warnings and errors. */
  get complaints(): string[] {
    return this.logged.filter(({ level }) => level >= 40).map(({ msg }) => msg);
  }

  /** Somebody who has just written; answers their conversation, too. */
  async meet(): Promise<{ user: ZaloUser; conversationId: string }> {
    const user = new ZaloUser(this.server);
    const [outcome] = await this.store.commit(
      [
        {
          eventId: `first-${user.person.id}`,
          at: this.now(),
          channel: 'zalo-oa',
          chatId: user.person.id,
          type: 'text',
          text: 'xin chào',
        },
      ],
      decideForReal,
      [],
    );
    return { user, conversationId: outcome?.conversationId ?? '' };
  }

  /** Opens a case of the conversation, to be answered by then. */
  async openCase(conversationId: string, answerBy: number): Promise<string> {
    const caseId = `case-${conversationId}`;
    const made = draft(caseId, 'D12345678', {
      submittedAt: this.now(),
      promise: { answerBy, internalTarget: answerBy, opensAt: null, why: 'inHours' },
    });
    await this.store.openCase({ conversationId, draft: made });
    return caseId;
  }

  /** A stored push about a case, as a turn writes it. */
  async pushOf(user: ZaloUser, caseId: string | null): Promise<DueEffect> {
    this.#effects += 1;
    const reply = { key: 'case.inReview', ...(caseId ? { caseId } : {}) };
    const [outcome] = await this.store.commit(
      [
        {
          eventId: `push-${this.#effects}`,
          at: this.now(),
          channel: 'zalo-oa',
          chatId: user.person.id,
          type: 'accountChanged',
          verified: true,
        },
      ],
      (_event, loaded) => {
        if (!loaded.conversation) throw new Error('Nobody is there.');
        const shown = text('Có tin');
        const push = { kind: 'send' as const, reply, push: true };
        return {
          conversation: loaded.conversation,
          effects: [push],
          heard: null,
          heardShown: null,
          sendsShown: [shown],
          setAside: null,
        };
      },
      [],
    );
    const due = outcome?.effects[0];
    if (!due) throw new Error('The turn wrote no effect.');
    return due;
  }

  /** An answer that waits for nothing in the store. */
  answerTo(user: ZaloUser, more: Partial<DueEffect> = {}): DueEffect {
    this.#effects += 1;
    return {
      effectId: this.#effects,
      conversationId: 'none',
      channel: 'zalo-oa',
      chatId: user.person.id,
      lane: 'r',
      dueAt: 0,
      expiresAt: null,
      attempts: 0,
      repeat: 'safe',
      attemptedAt: null,
      epoch: 0,
      lineId: null,
      shown: null,
      effect: { kind: 'send', reply: { key: 'x' }, push: false },
      ...more,
    };
  }
}

export function text(said: string, more: Partial<Rendered> = {}): Rendered {
  return { text: said, choices: [], pictures: [], ...more };
}

export function choices(count: number): Rendered['choices'] {
  return Array.from({ length: count }, (_, index) => ({
    token: `f1.serial.${index + 1}.yes`,
    label: `Mục ${index + 1}`,
  }));
}
