import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { FetchedFile } from '../../../src/channels/contract.ts';
import { type Address, writeAddress } from '../../../src/channels/teams/address.ts';
import type { TeamsOptions } from '../../../src/channels/teams/options.ts';
import { createTeamsChannel } from '../../../src/channels/teams/teams-channel.ts';
import type { AgentWords } from '../../../src/dialogue/effect.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import { createServer } from '../../../src/server/server.ts';
import type { CaseRow, CaseStep, DueEffect, TranscriptLine } from '../../../src/store/contract.ts';
import type { Rendered } from '../../../src/words/words.ts';
import { NO_FILE_LINKS } from '../no-file-links.ts';
import { ConnectorServer } from './bot-connector/connector-server.ts';
import type { Person } from './person.ts';
import { optionsOf } from './settings.ts';

export async function startServer(): Promise<ConnectorServer> {
  const server = await ConnectorServer.start();
  onTestFinished(() => server.stop());
  return server;
}

/** The channel alone: what it hands in is in `events`, what it logs in `logged`. */
export class LoneChannel {
  readonly events: Event[] = [];
  readonly logged: { level: number; msg: string }[] = [];
  readonly shownMessages = new Map<string, string>();
  readonly addresses = new Map<string, string>();
  readonly links = new Map<string, string>();
  /** Photos of agents, by blob id. */
  readonly photos = new Map<string, { bytes: Uint8Array; mime: string }>();
  readonly lines: TranscriptLine[] = [];
  readonly cases = new Map<string, { row: CaseRow; steps: CaseStep[] }>();
  readonly channel: ReturnType<typeof createTeamsChannel>['channel'];
  /** How an event is taken; fine by default. */
  accept: (event: Event) => Promise<unknown> = async () => {};
  language: 'vi' | 'en' = 'vi';
  readonly #server: ConnectorServer;
  readonly #routes: ReturnType<typeof createTeamsChannel>['routes'];
  readonly #log: Logger;
  #effects = 0;

  constructor(server: ConnectorServer, more: Partial<TeamsOptions> = {}) {
    this.#server = server;
    this.#log = pino(
      { level: 'debug' },
      { write: (line: string) => void this.logged.push(JSON.parse(line)) },
    );
    const { channel, routes } = createTeamsChannel({
      ...optionsOf(server),
      fileLinks: NO_FILE_LINKS,
      store: this.#store(),
      intake: {
        accept: async (event) => {
          await this.accept(event);
          this.events.push(event);
        },
      },
      log: this.#log,
      ...more,
    });
    this.channel = channel;
    this.#routes = routes;
    onTestFinished(() => channel.stop());
  }

  /** Serves the route; what Teams delivers from now on comes here. */
  async listen(): Promise<void> {
    await this.channel.start();
    const app: FastifyInstance = await createServer({
      config: { publicUrl: null },
      log: this.#log,
      ready: () => true,
      routes: [this.#routes],
    });
    this.#server.deliveries.address = await app.listen({ host: '127.0.0.1', port: 0 });
    onTestFinished(async () => {
      const closed = app.close();
      app.server.closeAllConnections();
      await closed;
    });
  }

  /** What operators read: warnings and errors. */
  get complaints(): string[] {
    return this.logged.filter(({ level }) => level >= 40).map(({ msg }) => msg);
  }

  /** As if this person had written before. */
  knows({ chat }: Person, more: Partial<Address> = {}): void {
    const address = writeAddress({
      serviceUrl: this.#server.serviceUrl,
      channelId: 'msteams',
      conversationId: chat.id,
      tenantId: null,
      botId: this.#server.botId,
      userId: '29:1',
      ...more,
    });
    this.addresses.set(chat.id, address);
  }

  due({ chat }: Person, agent?: AgentWords): DueEffect {
    this.#effects += 1;
    return {
      effectId: this.#effects,
      conversationId: `of ${chat.id}`,
      channel: 'teams',
      chatId: chat.id,
      lane: 'r',
      dueAt: 0,
      expiresAt: null,
      attempts: 0,
      repeat: 'safe',
      attemptedAt: null,
      epoch: 0,
      lineId: 7,
      shown: null,
      effect: { kind: 'send', reply: { key: 'x' }, push: false, ...(agent ? { agent } : {}) },
    };
  }

  async fetch(ref: string): Promise<FetchedFile> {
    return (await this.channel.fetchFile?.(ref)) ?? { as: 'gone', why: 'no files' };
  }

  #store(): TeamsOptions['store'] {
    return {
      keepPersonName: async () => undefined,
      getBlob: async (blobId) => this.photos.get(blobId) ?? null,
      address: async (_channel, chatId) => this.addresses.get(chatId) ?? null,
      keepAddress: async (_channel, chatId, address) => void this.addresses.set(chatId, address),
      fileLink: async (ref) => this.links.get(ref) ?? null,
      keepFileLink: async (ref, link) => void this.links.set(ref, link),
      conversationByChat: async (channel, chatId) => ({
        conversationId: `of ${chatId}`,
        channel,
        chatId,
        accountId: 'account',
        accountName: null,
        accountVerified: false,
        language: this.language,
        owner: { who: 'bot', agentId: null, agentName: null, epoch: 0 },
        updatedAt: 0,
        lastText: null,
      }),
      transcript: async (conversationId, after, limit) =>
        this.lines
          .filter((one) => one.conversationId === conversationId && one.id > after)
          .slice(0, limit),
      keepShownMessage: async (conversationId, progress, messageId) =>
        void this.shownMessages.set(`${conversationId} ${progress}`, messageId),
      shownMessage: async (conversationId, progress) =>
        this.shownMessages.get(`${conversationId} ${progress}`) ?? null,
      caseById: async (caseId) => this.cases.get(caseId)?.row ?? null,
      caseSteps: async (caseId) => this.cases.get(caseId)?.steps ?? [],
    };
  }
}

export function shown(text: string, more: Partial<Rendered> = {}): Rendered {
  return { text, choices: [], pictures: [], ...more };
}
