import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchFile } from '../../../src/channels/zalo/oa/files.ts';
import { OaServer } from './oa-server/oa-server.ts';

const OPEN = { fileHosts: ['zdn.vn'], filesLocal: true };
const GUARDED = { fileHosts: ['zdn.vn', 'localhost'], filesLocal: false };
const PATIENCE = 3_000;

async function startServer(): Promise<OaServer> {
  const server = await OaServer.start();
  onTestFinished(() => server.stop());
  return server;
}

describe('a file of Zalo', () => {
  it('is fetched whole, behind redirects too', async () => {
    const server = await startServer();
    const bytes = randomBytes(300_000);
    const url = server.keepFile(bytes);
    const behind = server.keepFile(Buffer.alloc(0), { redirect: url });
    const fetched = await fetchFile(behind, OPEN, PATIENCE);
    expect(fetched.as).toBe('bytes');
    expect('bytes' in fetched && Buffer.from(fetched.bytes).equals(bytes)).toBe(true);
  });

  it('that is too large, gone or endless is told apart', async () => {
    const server = await startServer();
    const huge = server.keepFile(Buffer.alloc(10), { size: 21 * 1024 * 1024 });
    expect(await fetchFile(huge, OPEN, PATIENCE)).toEqual({ as: 'tooLarge' });
    expect(await fetchFile(`${server.root}/files/none`, OPEN, PATIENCE)).toMatchObject({
      as: 'gone',
    });
    const round = server.keepFile(Buffer.alloc(0));
    const id = round.split('/').at(-1) ?? '';
    server.files.set(id, { bytes: Buffer.alloc(0), size: 0, redirect: round });
    expect(await fetchFile(round, OPEN, PATIENCE)).toMatchObject({
      as: 'gone',
      why: expect.stringContaining('redirected'),
    });
  });

  it('that stops in the middle may come later', async () => {
    const server = await startServer();
    const stops = server.keepFile(Buffer.alloc(10), { size: 1_000 });
    const fetched = await fetchFile(stops, OPEN, 300);
    expect(fetched).toMatchObject({ as: 'transient' });
  });
});

describe('what is not fetched', () => {
  it.each([
    'http://photo.zdn.vn/a.jpg',
    'https://photo.zdn.vn:8443/a.jpg',
    'https://user:pass@photo.zdn.vn/a.jpg',
    'https://zdn.vn.evil.example/a.jpg',
    'https://evilzdn.vn/a.jpg',
    'https://127.0.0.1/a.jpg',
    'https://[::1]/a.jpg',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'photo.zdn.vn/a.jpg',
  ])('%s', async (url) => {
    const fetched = await fetchFile(url, GUARDED, PATIENCE);
    expect(fetched.as).toBe('gone');
    expect(JSON.stringify(fetched)).not.toContain('zdn');
  });

  it('a host of an allowed name behind which this machine stands', async () => {
    expect(await fetchFile('https://localhost/a.jpg', GUARDED, PATIENCE)).toEqual({
      as: 'gone',
      why: 'a download leads into a private network',
    });
  });
});
