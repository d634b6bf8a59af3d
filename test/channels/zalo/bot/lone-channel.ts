import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { ZaloBotOptions } from '../../../../src/channels/zalo/bot/options.ts';
import { createZaloBotChannel } from '../../../../src/channels/zalo/bot/zalo-bot-channel.ts';
import type { Event } from '../../../../src/dialogue/event.ts';
import { createServer } from '../../../../src/server/server.ts';
import type { DueEffect } from '../../../../src/store/contract.ts';
import type { Rendered } from '../../../../src/words/words.ts';
import { NO_FILE_LINKS } from '../../no-file-links.ts';
import { BotPlatform } from './server/bot-platform.ts';

export const PUBLIC_URL = 'https://assistant.example.vn';
export const SECRET = 'between us two';
const PAUSES = {
  poll: 1_000,
  emptyPoll: 20,
  silence: 60_000,
  firstRetry: 30,
  longest: 100,
  operator: 60,
  call: 1_000,
  download: 1_000,
};

export async function startPlatform(): Promise<BotPlatform> {
  const platform = await BotPlatform.start();
  onTestFinished(() => platform.stop().catch(() => undefined));
  return platform;
}

/** The channel alone: what it hands in is in `events`, what it logs in `logged`. */
export class LoneChannel {
  readonly events: Event[] = [];
  readonly logged: { level: number; msg: string }[] = [];
  readonly #channel: ReturnType<typeof createZaloBotChannel>;
  /** How an event is taken; fine by default. */
  accept: (event: Event) => Promise<unknown> = async () => {};
  language: 'vi' | 'en' = 'vi';
  /** Tokens that a number picks. */
  offered: string[] = [];
  /** Links that were made. */
  links = 0;
  #effects = 0;

  constructor(platform: BotPlatform, more: Partial<ZaloBotOptions> = {}) {
    const { pauses, ...rest } = more;
    this.#channel = createZaloBotChannel({
      token: platform.token,
      apiRoot: platform.root,
      webhook: null,
      publicUrl: PUBLIC_URL,
      fileLinks: NO_FILE_LINKS,
      uploadLinks: {
        make: async () => {
          this.links += 1;
          return { link: `${PUBLIC_URL}/u/${'t'.repeat(42)}${this.links}`, minutes: 30 };
        },
      },
      store: {
        keepPersonName: async () => undefined,
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
        offeredChoices: async () => this.offered,
      },
      intake: {
        accept: async (event) => {
          await this.accept(event);
          this.events.push(event);
        },
      },
      log: this.log,
      pauses: { ...PAUSES, ...pauses },
      ...rest,
    });
    onTestFinished(() => this.channel.stop());
  }

  get channel() {
    return this.#channel.channel;
  }

  get log(): Logger {
    return pino(
      { level: 'debug' },
      { write: (line: string) => void this.logged.push(JSON.parse(line)) },
    );
  }

  /** What operators read: warnings and errors. */
  get complaints(): string[] {
    return this.logged.filter(({ level }) => level >= 40).map(({ msg }) => msg);
  }

  /** A server with this channel's routes alone; it does not listen. */
  async routes() {
    const app = await createServer({
      config: { publicUrl: null },
      log: pino({ level: 'silent' }),
      ready: () => true,
      routes: [this.#channel.routes],
    });
    onTestFinished(() => app.close());
    return app;
  }

  due(chatId: string, agent?: { name: string; text: string }): DueEffect {
    this.#effects += 1;
    return {
      effectId: this.#effects,
      conversationId: `of ${chatId}`,
      channel: 'zalo-bot',
      chatId,
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
