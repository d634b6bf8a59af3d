import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UploadLinks } from '../../../src/channels/upload-link/links.ts';
import { uploadRoutes } from '../../../src/channels/upload-link/routes.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import type { Tidied } from '../../../src/evidence/contract.ts';
import { createServer } from '../../../src/server/server.ts';
import type { UploadLinkRow } from '../../../src/store/contract.ts';
import { sadpB } from '../../conversations/strings.ts';

const PUBLIC_URL = 'https://assistant.example.vn';
const MINUTE = 60_000;
const photo = (nth: number) => ({
  name: `IMG_${nth}.jpg`,
  type: 'image/jpeg',
  bytes: Buffer.from(`\xff\xd8\xff${nth}`, 'latin1'),
});
const file = (name: string, content: string | Buffer) => ({
  name,
  type: 'text/xml',
  bytes: Buffer.from(content),
});
const exported = file('[D12345678]-[202611241000].xml', sadpB('x'));

class World {
  now = 1_000_000;
  readonly rows = new Map<string, UploadLinkRow>();
  /** What reached the conversation; the same event again does not count. */
  readonly events = new Map<string, Event>();
  accept: () => Promise<void> = async () => {};
  readonly logged: string[] = [];
  readonly links: UploadLinks;
  url = '';

  private constructor() {
    const store = {
      addUploadLink: async (link: Omit<UploadLinkRow, 'usedAt'>) =>
        void this.rows.set(link.tokenHash, { ...link, usedAt: null }),
      uploadLink: async (hash: string) => this.rows.get(hash) ?? null,
      useUploadLink: async (hash: string, usedAt: number) => {
        const row = this.rows.get(hash);
        if (row) this.rows.set(hash, { ...row, usedAt });
      },
    };
    this.links = new UploadLinks({ store, publicUrl: PUBLIC_URL, now: () => this.now });
  }

  static async begin(): Promise<World> {
    const world = new World();
    const log = pino({ level: 'debug' }, { write: (line: string) => void world.logged.push(line) });
    const app = await createServer({
      config: { publicUrl: PUBLIC_URL },
      log,
      ready: () => true,
      routes: [
        uploadRoutes({
          links: world.links,
          now: () => world.now,
          photos: {
            tidy: async (bytes): Promise<Tidied> =>
              bytes.length > 15 * 1024 * 1024
                ? { refused: 'tooLarge' }
                : { bytes, mime: 'image/jpeg' },
          },
          intake: {
            accept: async (event) => {
              await world.accept();
              world.events.set(event.eventId, event);
            },
          },
          store: {
            conversationByChat: async () => null,
            putBlob: async (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 8),
          },
        }),
      ],
    });
    world.url = await app.listen({ host: '127.0.0.1', port: 0 });
    onTestFinished(async () => {
      app.server.closeAllConnections();
      await app.close();
    });
    return world;
  }

  async token(): Promise<string> {
    const made = await this.links.make('zalo-bot', 'c1');
    expect(made?.minutes).toBe(30);
    return new URL(made?.link ?? '').pathname.replace('/u/', '');
  }

  async looks(token: string) {
    return answerOf(await fetch(`${this.url}/api/upload/${token}`));
  }

  async sends(token: string, files: { name: string; type: string; bytes: Buffer }[], lng = 'vi') {
    const body = new FormData();
    for (const { name, type, bytes } of files) {
      body.append('files', new Blob([new Uint8Array(bytes)], { type }), name);
    }
    const headers = { 'accept-language': lng };
    return answerOf(
      await fetch(`${this.url}/api/upload/${token}`, { method: 'POST', headers, body }),
    );
  }
}

async function answerOf(response: Response) {
  const body = (await response.json()) as { error?: { code: string; message: string } };
  return { status: response.status, code: body.error?.code, message: body.error?.message ?? '' };
}

describe('an upload link', () => {
  it('brings photos and files into its conversation, as if they were sent there', async () => {
    const world = await World.begin();
    const token = await world.token();
    expect((await world.looks(token)).status).toBe(200);
    expect((await world.sends(token, [photo(1), exported, photo(2)])).status).toBe(202);
    const base = { channel: 'zalo-bot', chatId: 'c1', at: world.now };
    const [photos, string] = world.events.values();
    expect(photos).toMatchObject({ ...base, type: 'photos' });
    expect(photos?.type === 'photos' && photos.blobIds).toHaveLength(2);
    expect(string).toMatchObject({
      ...base,
      type: 'file',
      name: exported.name,
      content: { kind: 'text', text: sadpB('x') },
    });
  });

  it('works once, however often it is looked at before', async () => {
    const world = await World.begin();
    const token = await world.token();
    for (let i = 0; i < 3; i += 1) expect((await world.looks(token)).status).toBe(200);
    await world.sends(token, [photo(1)]);
    expect(await world.sends(token, [photo(2)])).toMatchObject({ status: 410, code: 'used' });
    expect(await world.looks(token)).toMatchObject({ status: 410, code: 'used' });
    expect(world.events.size).toBe(1);
  });

  it('works once for two who upload at the same time', async () => {
    const world = await World.begin();
    const token = await world.token();
    let go = () => {};
    const held = new Promise<void>((open) => (go = open));
    world.accept = () => held;
    const first = world.sends(token, [photo(1)]);
    await expect.poll(() => world.sends(token, [photo(2)])).toMatchObject({ code: 'busy' });
    go();
    expect((await first).status).toBe(202);
    expect(world.events.size).toBe(1);
  });

  it('ends after half an hour, and one that never was looks the same', async () => {
    const world = await World.begin();
    const token = await world.token();
    world.now += 30 * MINUTE;
    expect(await world.sends(token, [photo(1)])).toMatchObject({ status: 410, code: 'expired' });
    for (const other of ['x', 'A'.repeat(43), `${token}x`]) {
      expect(await world.looks(other)).toMatchObject({ status: 410, code: 'expired' });
    }
    expect(world.events.size).toBe(0);
  });

  it('is stored as a hash only, and neither it nor what is sent is logged', async () => {
    const world = await World.begin();
    const token = await world.token();
    expect(JSON.stringify([...world.rows])).not.toContain(token);
    await world.sends(token, [exported]);
    await world.sends(token, [exported]);
    expect(world.logged.join()).not.toContain(token);
    expect(world.logged.join()).not.toContain(sadpB('x').slice(0, 40));
  });

  it('is as good as before when nothing could be kept, and what was kept is not kept twice', async () => {
    const world = await World.begin();
    const token = await world.token();
    let kept = 0;
    world.accept = async () => {
      kept += 1;
      if (kept === 2) throw new Error('the disk is full');
    };
    const both = [photo(1), exported];
    expect(await world.sends(token, both)).toMatchObject({ status: 503, code: 'notKept' });
    expect((await world.sends(token, both)).status).toBe(202);
    expect([...world.events.values()].map(({ type }) => type)).toEqual(['photos', 'file']);
  });

  it('is not made where nobody could open it', async () => {
    const store = { addUploadLink: async () => {}, uploadLink: async () => null };
    const inside = new UploadLinks({
      store: { ...store, useUploadLink: async () => {} },
      publicUrl: null,
    });
    expect(await inside.make('zalo-bot', 'c1')).toBeNull();
  });

  it.each([
    ['nothing', [], 'noFile', 'chọn'],
    ['eleven photos', Array.from({ length: 11 }, (_, nth) => photo(nth)), 'tooMany', '10'],
    [
      'a photo beyond 15 MB',
      [{ ...photo(1), bytes: Buffer.concat([photo(1).bytes, Buffer.alloc(15 * 1024 * 1024)]) }],
      'photoTooLarge',
      'IMG_1.jpg: ảnh lớn quá',
    ],
    ['an archive', [file('a.zip', Buffer.from('504b0304', 'hex'))], 'archive', 'giải nén'],
    ['an empty file', [file('a.xml', '')], 'empty', 'a.xml: file trống'],
    ['a program', [file('a.exe', Buffer.from([77, 90, 0, 1]))], 'notText', 'không dùng được'],
    ['a long text', [file('a.txt', 'a'.repeat(20_000))], 'fileTooLarge', 'đúng file .xml'],
    ['a bad one among good ones', [photo(1), file('a.xml', ' ')], 'empty', 'a.xml'],
  ])('says what to do about %s, and stays good', async (_, files, code, words) => {
    const world = await World.begin();
    const token = await world.token();
    const answer = await world.sends(token, files);
    expect(answer.code).toBe(code);
    expect(answer.message).toContain(words);
    expect(world.events.size).toBe(0);
    expect((await world.sends(token, [photo(1)])).status).toBe(202);
  });

  it('is slowed down for who guesses', async () => {
    const world = await World.begin();
    let last = await world.looks('x');
    for (let i = 0; i < 130 && last.status !== 429; i += 1) last = await world.looks(`x${i}`);
    expect(last).toMatchObject({ status: 429, code: 'tooFast' });
  });
});
