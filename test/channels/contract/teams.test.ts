import { createTeamsChannel } from '../../../src/channels/teams/teams-channel.ts';
import { actionsOf, type Shown } from '../teams/bot-connector/chat.ts';
import { ConnectorServer } from '../teams/bot-connector/connector-server.ts';
import { Person } from '../teams/person.ts';
import { optionsOf } from '../teams/settings.ts';
import { type Client, cannot, type Mishap, type Stage } from './candidate.ts';
import { House } from './house.ts';
import { channelContract } from './kit.ts';

class TeamsClient implements Client {
  readonly person: Person;
  /** Cards whose buttons were pressed, as they stood. */
  readonly #stood = new Map<string, Shown>();
  #lastMessage = '';

  constructor(person: Person) {
    this.person = person;
  }

  async writes(text: string): Promise<void> {
    this.#lastMessage = await this.person.writes(text);
  }

  /** A button is spent once it was used; who is quick still presses it. */
  async presses(label: string): Promise<void> {
    const has = (one: Shown) => actionsOf(one).some(({ title }) => title === label);
    const shown = this.#stood.get(label) ?? structuredClone(await this.person.waitsFor(has, label));
    this.#stood.set(label, shown);
    await this.person.pressesIn(shown, label);
  }

  async sendsAlbum(pictures: readonly Uint8Array[]): Promise<void> {
    await this.person.pastes(pictures);
  }

  async sendsFile(name: string, bytes: Uint8Array): Promise<void> {
    await this.person.sendsFile(name, bytes);
  }

  async sendsHugePhoto(): Promise<void> {
    await this.person.sendsFile('huge.jpg', Buffer.from('ffd8ff', 'hex'), '', 21 * 1024 * 1024);
  }

  sendsOtherKind = cannot;

  async edits(text: string): Promise<void> {
    await this.person.edits(this.#lastMessage, text);
  }

  async unblocks(): Promise<void> {
    this.person.chat.blocked = false;
  }

  async sees(): Promise<string[]> {
    return this.person.heard.map(({ text }) => text);
  }
}

function happens(server: ConnectorServer, { person }: TeamsClient, mishap: Mishap): void {
  const { id } = person.chat;
  if (mishap === 'blocked') person.chat.blocked = true;
  else if (mishap === 'answerLost') server.next(id, { breaks: 'after' });
  else if (mishap === 'serverError') server.next(id, { answers: 502, code: 'BadGateway' });
  else {
    const retryAfter = mishap === 'tooFast' ? { retryAfter: 1 } : {};
    server.next(id, { answers: 429, code: 'TooManyRequests', ...retryAfter });
  }
}

async function build(): Promise<Stage> {
  const server = await ConnectorServer.start();
  const house = await House.build((rooms) =>
    createTeamsChannel({ ...rooms, ...optionsOf(server) }),
  );
  server.deliveries.address = house.url;
  return {
    house,
    join: async (language) => new TeamsClient(new Person(server, language)),
    redeliver: async (client) => {
      const { person } = client as TeamsClient;
      const last = person.did.at(-1);
      if (last) await server.deliveries.add(person.chat.id, last);
    },
    deliverReordered: async (client, first, second) => {
      await server.deliveries.reversed(async () => {
        await client.writes(first);
        await client.writes(second);
      });
    },
    forge: async () => {
      const activity = {
        type: 'message',
        id: '1',
        text: 'D12345678',
        channelId: 'msteams',
        serviceUrl: server.serviceUrl,
        from: { id: '29:1' },
        recipient: { id: server.botId },
        conversation: { id: 'a:1', conversationType: 'personal' },
      };
      const forged = await server.identity.sign(server.serviceUrl, { aud: 'somebody else' });
      const answers = [
        await server.deliveries.post(activity, null),
        await server.deliveries.post(activity, `Bearer ${forged}`),
      ];
      return answers.every(({ status }) => status === 401);
    },
    mishap: (client, mishap) => happens(server, client as TeamsClient, mishap),
    secret: server.identity.password,
    end: async () => {
      await house.remove();
      await server.stop();
    },
  };
}

channelContract({
  name: 'Teams',
  gives: {
    redelivers: true,
    signed: true,
    sends: true,
    buttons: true,
    files: true,
    edits: true,
    // Stickers arrive as pictures, and there are no voice messages.
    otherKinds: false,
    photosOut: true,
    agentFiles: 'linked',
    personName: 'Minh',
  },
  build,
});
