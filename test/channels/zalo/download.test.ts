import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchGuarded, isPublic } from '../../../src/channels/zalo/download.ts';
import { OaServer } from './oa-server/oa-server.ts';

const OPEN = { hosts: ['zdn.vn'], local: true, patience: 3_000 };
const GUARDED = { hosts: ['zdn.vn', 'localhost'], local: false, patience: 3_000 };

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
    const fetched = await fetchGuarded(behind, OPEN);
    expect(fetched.as).toBe('bytes');
    expect('bytes' in fetched && Buffer.from(fetched.bytes).equals(bytes)).toBe(true);
  });

  it('that is too large, gone or endless is told apart', async () => {
    const server = await startServer();
    const huge = server.keepFile(Buffer.alloc(10), { size: 21 * 1024 * 1024 });
    expect(await fetchGuarded(huge, OPEN)).toEqual({ as: 'tooLarge' });
    expect(await fetchGuarded(`${server.root}/files/none`, OPEN)).toMatchObject({ as: 'gone' });
    const round = server.keepFile(Buffer.alloc(0));
    const id = round.split('/').at(-1) ?? '';
    server.files.set(id, { bytes: Buffer.alloc(0), size: 0, redirect: round });
    expect(await fetchGuarded(round, OPEN)).toMatchObject({
      as: 'gone',
      why: expect.stringContaining('redirects'),
    });
  });

  it('that stops in the middle may come later', async () => {
    const server = await startServer();
    const stops = server.keepFile(Buffer.alloc(10), { size: 1_000 });
    const fetched = await fetchGuarded(stops, { ...OPEN, patience: 300 });
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
    const fetched = await fetchGuarded(url, GUARDED);
    expect(fetched.as).toBe('gone');
    expect(JSON.stringify(fetched)).not.toContain('zdn');
  });

  it('a host of an allowed name behind which this machine stands', async () => {
    expect(await fetchGuarded('https://localhost/a.jpg', GUARDED)).toEqual({
      as: 'gone',
      why: 'its host is not public',
    });
  });

  it.each([
    ['8.8.8.8', true],
    ['2001:4860:4860::8888', true],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['127.0.0.53', false],
    ['169.254.169.254', false],
    ['172.31.255.255', false],
    ['192.168.1.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['::1', false],
    ['fd00::1', false],
    ['fe80::1', false],
    ['::ffff:127.0.0.1', false],
    ['2002:7f00:1::', false],
    ['no address', false],
  ])('%s is public: %s', (address, wanted) => {
    expect(isPublic(address)).toBe(wanted);
  });
});
