import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createWebChannel } from '../../../src/channels/web/web-channel.ts';
import { type Line, LineSchema } from '../../../src/channels/web/wire.ts';
import { VAPID } from '../web/push-service.ts';
import { type Client, cannot, type Stage } from './candidate.ts';
import { House } from './house.ts';
import { channelContract } from './kit.ts';

/** Somebody at the page, as its requests look. */
class WebClient implements Client {
  readonly #url: string;
  cookie = '';
  #last: (() => Promise<void>) | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  async opens(language: string): Promise<void> {
    const response = await this.#post('session', JSON.stringify({ language }));
    this.cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }

  async again(): Promise<void> {
    await this.#last?.();
  }

  async writes(text: string): Promise<void> {
    await this.#send('events', JSON.stringify({ id: randomUUID(), type: 'text', text }));
  }

  async presses(label: string): Promise<void> {
    const choices = (await this.#lines()).flatMap(({ shown }) => shown.choices);
    const token = choices.find((choice) => choice.label === label)?.token;
    await this.#send('events', JSON.stringify({ id: randomUUID(), type: 'choice', token }));
  }

  async sendsAlbum(pictures: readonly Uint8Array[]): Promise<void> {
    const body = new FormData();
    body.set('id', randomUUID());
    for (const picture of pictures) {
      body.append('photo', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'a.jpg');
    }
    await this.#send('photos', body);
  }

  async sendsFile(name: string, bytes: Uint8Array): Promise<void> {
    const body = new FormData();
    body.set('id', randomUUID());
    body.set('file', new Blob([new Uint8Array(bytes)], { type: 'text/xml' }), name);
    await this.#send('files', body);
  }

  async sendsHugePhoto(): Promise<void> {
    const huge = Buffer.alloc(16 * 1024 * 1024);
    huge.write('ffd8ff', 'hex');
    await this.sendsAlbum([huge]);
  }

  async files(): Promise<string[]> {
    const files = (await this.#lines()).flatMap(({ shown }) => shown.file ?? []);
    const headers = { cookie: this.cookie };
    return Promise.all(
      files.map(async ({ blobId }) => {
        const answer = await fetch(`${this.#url}/api/chat/files/${blobId}`, { headers });
        expect(answer.headers.get('content-disposition')).toBe('attachment');
        expect((await fetch(`${this.#url}/api/chat/files/${blobId}`)).status).toBe(401);
        return answer.text();
      }),
    );
  }

  async sees(): Promise<string[]> {
    const lines = await this.#lines();
    return lines.filter(({ author }) => author !== 'installer').map(({ shown }) => shown.text);
  }

  sendsOtherKind = cannot;
  edits = cannot;
  unblocks = cannot;

  async #send(path: string, body: string | FormData): Promise<void> {
    this.#last = async () => void (await this.#post(path, body));
    await this.#last();
  }

  async #post(path: string, body: string | FormData): Promise<Response> {
    const json = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const headers = { cookie: this.cookie, ...json };
    const response = await fetch(`${this.#url}/api/chat/${path}`, {
      method: 'POST',
      headers,
      body,
    });
    if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
    return response;
  }

  async #lines(): Promise<Line[]> {
    const headers = { cookie: this.cookie };
    const response = await fetch(`${this.#url}/api/chat/stream?after=0`, { headers });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes('event: ready')) break;
    }
    const data = [...text.matchAll(/^event: line\nid: .*\ndata: (.*)$|^id: .*\ndata: (.*)$/gm)];
    return data.flatMap(([, named, plain]) => {
      const parsed = LineSchema.safeParse(JSON.parse(named ?? plain ?? 'null'));
      return parsed.success ? [parsed.data] : [];
    });
  }
}

async function build(): Promise<Stage> {
  const house = await House.build((rooms) =>
    createWebChannel({
      ...rooms,
      linkCodes: { channels: () => [], issue: async () => null },
      push: { keys: VAPID },
      publicUrl: null,
    }),
  );
  const cookies: string[] = [];
  return {
    house,
    get secret() {
      return cookies[0] ?? '';
    },
    join: async (language) => {
      const client = new WebClient(house.url);
      await client.opens(language);
      cookies.push(client.cookie);
      return client;
    },
    redeliver: (client) => (client as WebClient).again(),
    deliverReordered: async (client, first, second) => {
      await client.writes(second);
      await client.writes(first);
    },
    forge: async () => {
      const body = JSON.stringify({ id: randomUUID(), type: 'text', text: 'D12345678' });
      const headers = { 'content-type': 'application/json', cookie: `chat=${'x'.repeat(42)}` };
      const url = `${house.url}/api/chat/events`;
      const { status } = await fetch(url, { method: 'POST', headers, body });
      return status === 401;
    },
    mishap: cannot,
    end: () => house.remove(),
  };
}

channelContract({
  name: 'web',
  gives: {
    // The page repeats what it had no answer to.
    redelivers: true,
    signed: true,
    // The page reads the transcript.
    sends: false,
    buttons: true,
    files: true,
    edits: false,
    otherKinds: false,
    photosOut: true,
    agentFiles: 'shown',
  },
  build,
});
