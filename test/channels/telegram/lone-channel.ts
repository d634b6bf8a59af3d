import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { TelegramOptions } from '../../../src/channels/telegram/options.ts';
import { createTelegramChannel } from '../../../src/channels/telegram/telegram-channel.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import type { DueEffect } from '../../../src/store/contract.ts';
import type { Rendered } from '../../../src/words/words.ts';
import { BotServer } from './bot-api/bot-server.ts';

export const PAUSES = {
  poll: 2_000,
  emptyPoll: 20,
  firstRetry: 30,
  longest: 100,
  operator: 60,
  call: 1_000,
};

export async function startServer(): Promise<BotServer> {
  const server = await BotServer.start();
  onTestFinished(() => server.stop());
  return server;
}

/** The channel alone: what it hands in is in `events`, what it logs in `logged`. */
export class LoneChannel {
  readonly events: Event[] = [];
  readonly logged: { level: number; msg: string }[] = [];
  readonly shownMessages = new Map<string, string>();
  readonly channel: ReturnType<typeof createTelegramChannel>['channel'];
  /** How an event is taken; fine by default. */
  accept: (event: Event) => Promise<unknown> = async () => {};
  language: 'vi' | 'en' = 'vi';
  /** Whether it may ask for updates. */
  hasLease = true;
  #effects = 0;

  constructor(server: BotServer, more: Partial<TelegramOptions> = {}) {
    const log: Logger = pino(
      { level: 'debug' },
      { write: (line: string) => void this.logged.push(JSON.parse(line)) },
    );
    const { channel } = createTelegramChannel({
      token: server.token,
      apiRoot: server.root,
      webhook: null,
      store: {
        takeLease: async () => this.hasLease,
        giveBackLease: async () => undefined,
        keepPersonName: async () => undefined,
        getBlob: async () => null,
        conversationByChat: async (name, chatId) => ({
          conversationId: `of ${chatId}`,
          channel: name,
          chatId,
          accountId: 'account',
          accountName: null,
          accountVerified: false,
          language: this.language,
          owner: { who: 'bot', agentId: null, agentName: null, epoch: 0 },
          updatedAt: 0,
          lastText: null,
        }),
        keepShownMessage: async (conversationId, progress, messageId) => {
          this.shownMessages.set(`${conversationId} ${progress}`, messageId);
        },
        shownMessage: async (conversationId, progress) =>
          this.shownMessages.get(`${conversationId} ${progress}`) ?? null,
      },
      intake: {
        accept: async (event) => {
          await this.accept(event);
          this.events.push(event);
        },
      },
      log,
      pauses: PAUSES,
      ...more,
    });
    this.channel = channel;
    onTestFinished(() => channel.stop());
  }

  /** What operators read: warnings and errors. */
  get complaints(): string[] {
    return this.logged.filter(({ level }) => level >= 40).map(({ msg }) => msg);
  }

  due(chatId: number, agent?: { name: string; text: string }): DueEffect {
    this.#effects += 1;
    return {
      effectId: this.#effects,
      conversationId: `of ${chatId}`,
      channel: 'telegram',
      chatId: String(chatId),
      lane: 'r',
      dueAt: 0,
      expiresAt: null,
      attempts: 0,
      repeat: 'safe',
      attemptedAt: null,
      epoch: 0,
      lineId: 1,
      shown: null,
      effect: { kind: 'send', reply: { key: 'x' }, push: false, ...(agent ? { agent } : {}) },
    };
  }
}

export function shown(text: string, more: Partial<Rendered> = {}): Rendered {
  return { text, choices: [], pictures: [], ...more };
}
