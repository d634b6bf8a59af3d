import { createTelegramChannel } from '../../../src/channels/telegram/telegram-channel.ts';
import { BotServer } from '../telegram/bot-api/bot-server.ts';
import type { Shown } from '../telegram/bot-api/chat.ts';
import { Person } from '../telegram/person.ts';
import type { Client, Mishap, Stage } from './candidate.ts';
import { House } from './house.ts';
import { channelContract } from './kit.ts';

const PUBLIC_URL = 'https://assistant.example.vn';
const SECRET = 'between_us';
const PAUSES = {
  poll: 5_000,
  emptyPoll: 20,
  firstRetry: 50,
  longest: 200,
  operator: 100,
  call: 2_000,
};

class TelegramClient implements Client {
  readonly person: Person;
  /** Buttons that were pressed, as they stood. */
  readonly #stood = new Map<string, Shown>();
  #lastMessage = 0;

  constructor(person: Person) {
    this.person = person;
  }

  async writes(text: string): Promise<void> {
    this.#lastMessage = this.person.writes(text);
  }

  /** A keyboard is taken away once it was used; who is quick still presses it. */
  async presses(label: string): Promise<void> {
    const stood = this.#stood.get(label);
    const shown =
      stood ??
      structuredClone(await this.person.waitsFor((one) => labelsOf(one).includes(label), label));
    this.#stood.set(label, shown);
    this.person.pressesIn(shown, label);
  }

  async sendsAlbum(pictures: readonly Uint8Array[]): Promise<void> {
    this.person.sendsAlbum(pictures);
  }

  async sendsFile(name: string, bytes: Uint8Array): Promise<void> {
    this.person.sendsFile(name, bytes, 'text/xml');
  }

  async sendsHugePhoto(): Promise<void> {
    this.person.sendsFile('huge.jpg', Buffer.from('ffd8ff', 'hex'), 'image/jpeg', 21 * 1024 * 1024);
  }

  async sendsOtherKind(): Promise<void> {
    this.person.sends({ sticker: { file_id: 'sticker', emoji: '👍' } });
  }

  async edits(text: string): Promise<void> {
    this.person.edits(this.#lastMessage, text);
  }

  async unblocks(): Promise<void> {
    this.person.chat.blocked = false;
  }

  async files(): Promise<string[]> {
    return this.person.chat.documents;
  }

  async sees(): Promise<string[]> {
    return this.person.heard.map(({ text }) => text);
  }
}

function labelsOf({ keyboard }: Shown): string[] {
  return keyboard?.inline_keyboard.flat().map(({ text }) => text) ?? [];
}

function happens(server: BotServer, { person }: TelegramClient, mishap: Mishap): void {
  const { id } = person.chat;
  const tooMany = 'Too Many Requests: retry after 1';
  if (mishap === 'blocked') person.chat.blocked = true;
  else if (mishap === 'answerLost') server.next('sendMessage', { breaks: 'after' }, id);
  else if (mishap === 'serverError') {
    server.next('sendMessage', { answers: 502, description: 'Bad Gateway' }, id);
  } else {
    const retryAfter = mishap === 'tooFast' ? { retryAfter: 1 } : {};
    server.next('sendMessage', { answers: 429, description: tooMany, ...retryAfter }, id);
  }
}

async function build(webhook: boolean): Promise<Stage> {
  const server = await BotServer.start();
  const house = await House.build((rooms) =>
    createTelegramChannel({
      ...rooms,
      token: server.token,
      apiRoot: server.root,
      webhook: webhook ? { url: `${PUBLIC_URL}/webhooks/telegram`, secret: SECRET } : null,
      log: rooms.log,
      pauses: PAUSES,
    }),
  );
  server.updates.addresses.set(PUBLIC_URL, () => house.url);
  return {
    house,
    join: async (language) => new TelegramClient(new Person(server, language)),
    redeliver: async (client) => {
      const last = (client as TelegramClient).person.did.at(-1);
      if (last) server.updates.again(last);
    },
    deliverReordered: async (client, first, second) => {
      await server.updates.reversed(async () => {
        await client.writes(first);
        await client.writes(second);
      });
    },
    forge: async () => {
      const update = { update_id: 1, message: { message_id: 1, text: 'D12345678' } };
      const post = (headers: Record<string, string>) =>
        fetch(`${house.url}/webhooks/telegram`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(update),
        });
      const answers = [
        await post({}),
        await post({ 'x-telegram-bot-api-secret-token': 'wrong' }),
        await post({ 'x-telegram-bot-api-secret-token': `${SECRET}x` }),
      ];
      return answers.every(({ status }) => status === 404);
    },
    mishap: (client, mishap) => happens(server, client as TelegramClient, mishap),
    secret: server.token.split(':')[1] ?? '',
    end: async () => {
      await house.remove();
      await server.stop();
    },
  };
}

const gives = {
  redelivers: true,
  sends: true,
  buttons: true,
  files: true,
  edits: true,
  otherKinds: true,
  photosOut: true,
  agentFiles: 'shown' as const,
  personName: 'Minh',
};

// Who asks for updates knows whom it asks: there is no proof to be wrong.
channelContract({
  name: 'Telegram, polling',
  gives: { ...gives, signed: false },
  build: () => build(false),
});

channelContract({
  name: 'Telegram, webhook',
  gives: { ...gives, signed: true },
  build: () => build(true),
});
