import { UploadLinks } from '../../../src/channels/upload-link/links.ts';
import { uploadRoutes } from '../../../src/channels/upload-link/routes.ts';
import { createZaloBotChannel } from '../../../src/channels/zalo/bot/zalo-bot-channel.ts';
import { Person } from '../zalo/bot/person.ts';
import { BotPlatform } from '../zalo/bot/server/bot-platform.ts';
import { type Client, cannot, type Mishap, type Stage } from './candidate.ts';
import { House, type Rooms } from './house.ts';
import { channelContract } from './kit.ts';

const PUBLIC_URL = 'https://assistant.example.vn';
const SECRET = 'between us two';
const PAUSES = {
  poll: 5_000,
  emptyPoll: 20,
  silence: 60_000,
  firstRetry: 50,
  longest: 200,
  operator: 100,
  call: 2_000,
  download: 2_000,
};

class ZaloClient implements Client {
  readonly person: Person;
  readonly #house: () => House;

  constructor(person: Person, house: () => House) {
    this.person = person;
    this.#house = house;
  }

  async writes(text: string): Promise<void> {
    this.person.writes(text);
  }

  /** Zalo marks no albums: the photos come one by one. */
  async sendsAlbum(pictures: readonly Uint8Array[]): Promise<void> {
    for (const bytes of pictures) this.person.sendsPhoto(bytes);
  }

  /** A file does not arrive; what the bot says to that leads to the upload page. */
  async sendsFile(name: string, bytes: Uint8Array): Promise<void> {
    this.person.sendsFile();
    const file = { name, bytes, mime: 'text/xml' };
    const response = await this.person.uploads(this.#house().url, [file]);
    if (response.status !== 202) throw new Error(await response.text());
  }

  async sendsHugePhoto(): Promise<void> {
    this.person.sendsPhoto(Buffer.from('ffd8ff', 'hex'), 21 * 1024 * 1024);
  }

  async sendsOtherKind(): Promise<void> {
    this.person.sends('sticker', { sticker: '0e078a2fb66a5f34067b', url: 'https://x.invalid/s' });
  }

  async unblocks(): Promise<void> {
    this.person.chat.blocked = false;
  }

  async sees(): Promise<string[]> {
    return this.person.heard.map(({ text }) => text);
  }

  presses = cannot;
  edits = cannot;
}

function happens(platform: BotPlatform, { person }: ZaloClient, mishap: Mishap): void {
  const { id } = person.chat;
  const quota = { answers: 429, description: 'Quota exceeded' };
  if (mishap === 'blocked') person.chat.blocked = true;
  else if (mishap === 'answerLost') platform.next('sendMessage', { breaks: 'after' }, id);
  else if (mishap === 'serverError') {
    platform.next('sendMessage', { answers: 403, description: 'Internal server error' }, id);
  } else {
    const wait = mishap === 'tooFast' ? { retryAfter: 1 } : {};
    platform.next('sendMessage', { ...quota, ...wait }, id);
  }
}

function connect(platform: BotPlatform, webhook: boolean, rooms: Rooms) {
  const links = new UploadLinks({ store: rooms.store, publicUrl: PUBLIC_URL });
  const { channel, routes } = createZaloBotChannel({
    ...rooms,
    token: platform.token,
    apiRoot: platform.root,
    webhook: webhook ? { url: `${PUBLIC_URL}/webhooks/zalo-bot`, secret: SECRET } : null,
    publicUrl: PUBLIC_URL,
    uploadLinks: links,
    pauses: PAUSES,
  });
  const both = async (app: Parameters<typeof routes>[0]) => {
    await app.register(routes);
    await app.register(uploadRoutes({ ...rooms, links }));
  };
  return { channel, routes: both };
}

async function build(webhook: boolean): Promise<Stage> {
  const platform = await BotPlatform.start();
  const house = await House.build((rooms) => connect(platform, webhook, rooms));
  platform.updates.addresses.set(PUBLIC_URL, house.url);
  return {
    house,
    join: async () => new ZaloClient(new Person(platform), () => house),
    redeliver: async (client) => {
      const last = (client as ZaloClient).person.did.at(-1);
      if (last) platform.updates.add(last);
    },
    deliverReordered: async (client, first, second) => {
      await platform.updates.reversed(async () => {
        await client.writes(first);
        await client.writes(second);
      });
    },
    forge: async () => {
      const post = (headers: Record<string, string>) =>
        fetch(`${house.url}/webhooks/zalo-bot`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ event_name: 'message.text.received' }),
        });
      const answers = [
        await post({}),
        await post({ 'x-bot-api-secret-token': 'wrong and long' }),
        await post({ 'x-bot-api-secret-token': `${SECRET}x` }),
      ];
      return answers.every(({ status }) => status === 404);
    },
    mishap: (client, mishap) => happens(platform, client as ZaloClient, mishap),
    secret: platform.token.split(':')[1] ?? '',
    end: async () => {
      await house.remove();
      await platform.stop();
    },
  };
}

const gives = {
  sends: true,
  buttons: false,
  files: true,
  edits: false,
  otherKinds: true,
  personName: 'Minh',
  agentFiles: 'linked' as const,
};

// Who asks for updates knows whom it asks, and what was handed over is never handed over again.
channelContract({
  name: 'Zalo bot, polling',
  gives: { ...gives, signed: false, redelivers: false },
  build: () => build(false),
});

channelContract({
  name: 'Zalo bot, webhook',
  gives: { ...gives, signed: true, redelivers: true },
  build: () => build(true),
});
