import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { FileLinks } from '../../src/channels/file-link/links.ts';
import { fileRoutes } from '../../src/channels/file-link/routes.ts';
import { createServer } from '../../src/server/server.ts';
import { ShareLinks } from '../../src/share/links.ts';

const DAY = 24 * 3_600_000;
const BLOB = '11111111-2222-4333-8444-555555555555';

async function house() {
  const key = randomBytes(32);
  const clock = { now: 1_795_000_000_000 };
  const blobs = new Map([[BLOB, { bytes: Buffer.from('nội dung'), mime: 'application/pdf' }]]);
  const logged: string[] = [];
  const links = new FileLinks({ key, publicUrl: () => 'https://vi.du', now: () => clock.now });
  const app = await createServer({
    config: { publicUrl: null },
    log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }),
    ready: () => true,
    routes: [fileRoutes({ links, store: { getBlob: async (id) => blobs.get(id) ?? null } })],
  });
  onTestFinished(() => app.close());
  const get = (link: string, headers = {}) =>
    app.inject({ method: 'GET', url: new URL(link).pathname, headers });
  return { key, clock, blobs, links, get, logged };
}

it('a link gives the file under its name, again and again, for seven days', async () => {
  const { links, get, clock, logged } = await house();
  const link = links.make({ blobId: BLOB, name: "hướng dẫn (1)'.pdf" }) ?? '';
  for (let n = 0; n < 2; n++) {
    const answer = await get(link);
    expect(answer.body).toBe('nội dung');
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''h%C6%B0%E1%BB%9Bng%20d%E1%BA%ABn%20%281%29%27.pdf`,
    );
    expect(answer.headers['content-security-policy']).toContain('sandbox');
  }
  clock.now += 7 * DAY;
  const ended = await get(link, { 'accept-language': 'en' });
  expect(ended.statusCode).toBe(410);
  expect(ended.body).toContain('Write in the chat');
  expect(logged.join('')).not.toContain(link.split('/f/')[1]);
});

it('a link to what was deleted, to a picture, or of another make gives nothing', async () => {
  const { key, links, get, blobs, clock } = await house();
  const link = links.make({ blobId: BLOB, name: 'a.pdf' }) ?? '';
  const share = new ShareLinks(key).make('c1-f1', clock.now).token;
  for (const forged of [share, 'x'.repeat(60), 'x'.repeat(190)]) {
    expect((await get(`https://vi.du/f/${forged}`)).statusCode, forged).toBe(410);
  }
  expect((await get(`${link.slice(0, -2)}AA`)).statusCode).toBe(410);
  blobs.set(BLOB, { bytes: Buffer.from('x'), mime: 'image/jpeg' });
  expect((await get(link)).statusCode).toBe(410);
  blobs.clear();
  const gone = await get(link);
  expect(gone.statusCode).toBe(410);
  expect(gone.body).toContain('không còn tải được');
});

it('the longest name fits into an address, with its kind', async () => {
  const { links, get } = await house();
  const link = links.make({ blobId: BLOB, name: `${'ễ'.repeat(116)}.pdf` }) ?? '';
  expect(link.split('/f/')[1]?.length).toBeLessThanOrEqual(200);
  expect((await get(link)).headers['content-disposition']).toMatch(/\.pdf$/);
});
