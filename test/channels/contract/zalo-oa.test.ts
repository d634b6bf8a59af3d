import { createOaChannel } from '../../../src/channels/zalo/oa/oa-channel.ts';
import { StoredTokens } from '../../../src/channels/zalo/oa/tokens/stored-tokens.ts';
import { OaServer } from '../zalo/oa-server/oa-server.ts';
import { configFor } from '../zalo/settings.ts';
import { ZaloUser } from '../zalo/zalo-user.ts';
import { type Client, cannot, type Mishap, type Stage } from './candidate.ts';
import { House } from './house.ts';
import { channelContract } from './kit.ts';

const CS = '/v3.0/oa/message/cs';

class ZaloClient implements Client {
  readonly user: ZaloUser;

  constructor(user: ZaloUser) {
    this.user = user;
  }

  async writes(text: string): Promise<void> {
    this.user.writes(text);
  }
  async presses(label: string): Promise<void> {
    await this.user.presses(label);
  }
  async sendsAlbum(pictures: readonly Uint8Array[]): Promise<void> {
    for (const bytes of pictures) this.user.sendsPhoto(bytes);
  }
  async sendsFile(name: string, bytes: Uint8Array): Promise<void> {
    this.user.sendsFile(name, bytes);
  }
  async sendsHugePhoto(): Promise<void> {
    this.user.sendsPhoto(Buffer.from('ffd8ff', 'hex'), undefined, 21 * 1024 * 1024);
  }
  async sendsOtherKind(): Promise<void> {
    const payload = { url: 'https://example.invalid/s.png', id: 'sticker_001' };
    this.user.sends('sticker', { attachments: [{ type: 'sticker', payload }] });
  }
  async edits(): Promise<void> {
    cannot();
  }
  async unblocks(): Promise<void> {
    this.user.person.follows = true;
  }
  async files(): Promise<string[]> {
    return this.user.person.files;
  }
  async sees(): Promise<string[]> {
    return this.user.person.messages.map(({ text }) => text);
  }
}

function happens(server: OaServer, { user }: ZaloClient, mishap: Mishap): void {
  const { id } = user.person;
  if (mishap === 'blocked') user.person.follows = false;
  else if (mishap === 'answerLost') server.next(CS, { breaks: 'after' }, id);
  else if (mishap === 'serverError') server.next(CS, { status: 502 }, id);
  else if (mishap === 'tooFast') server.next(CS, { error: -32 }, id);
  else server.next(CS, { status: 429 }, id);
}

async function build(): Promise<Stage> {
  const server = await OaServer.start();
  const house = await House.build((rooms) =>
    createOaChannel({ ...rooms, config: configFor(server), publicUrl: null }),
  );
  server.events.url = `${house.url}/webhooks/zalo-oa`;
  const { access_token, refresh_token } = server.oauth.grant();
  const granted = { accessToken: access_token, refreshToken: refresh_token, expiresIn: 90_000 };
  await new StoredTokens(house.store).connect(server.oaId, granted, Date.now());
  return {
    house,
    join: async () => new ZaloClient(new ZaloUser(server)),
    redeliver: async (client) => {
      const last = (client as ZaloClient).user.did.at(-1);
      if (last) server.events.repeat(last);
    },
    deliverReordered: async (client, first, second) => {
      await server.events.reversed(async () => {
        await client.writes(first);
        await client.writes(second);
      });
    },
    forge: async () => {
      const timestamp = String(Date.now());
      const event = { event_name: 'user_send_text', sender: { id: '1' }, message: { text: 'a' } };
      const body = JSON.stringify({ app_id: server.appId, ...event, timestamp });
      const right = server.events.signatureOf({ body, timestamp });
      const answers = [
        await server.events.post({ body }, {}),
        await server.events.post({ body }, { 'x-zevent-signature': right.slice('mac='.length) }),
        await server.events.post({ body: `${body} ` }, { 'x-zevent-signature': right }),
        await server.events.post({ body }, { 'x-zevent-signature': `${right}0` }),
      ];
      return answers.every((status) => status === 404);
    },
    mishap: (client, mishap) => happens(server, client as ZaloClient, mishap),
    secret: access_token,
    end: async () => {
      await house.remove();
      await server.stop();
    },
  };
}

channelContract({
  name: 'Zalo Official Account',
  gives: {
    redelivers: true,
    signed: true,
    sends: true,
    buttons: true,
    files: true,
    edits: false,
    otherKinds: true,
    photosOut: true,
    agentFiles: 'shown',
    personName: 'Minh Trần',
  },
  build,
});
