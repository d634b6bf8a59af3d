import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isPublicAddress } from '../../src/channels/public-address.ts';
import { safeDownload } from '../../src/channels/safe-download.ts';

/** A server on this machine, and how often it was asked. */
async function serve(answer: RequestListener) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return { origin, port, asked: () => asked };
}

const limits = { maxBytes: 1_000, timeoutMs: 2_000 };
const named = (origin: string) => ({
  ...limits,
  allowPrivate: (url: URL) => url.origin === origin,
});
const PRIVATE = { as: 'gone', why: 'a download leads into a private network' };
const NOT_HTTPS = { as: 'gone', why: 'a download has to be plain https' };

describe('a download', () => {
  it('brings the bytes', async () => {
    const { origin } = await serve((_, response) => response.end('abc'));
    const file = await safeDownload(`${origin}/x`, named(origin));
    expect(file).toEqual({ as: 'bytes', bytes: Buffer.from('abc') });
  });

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://localhost/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
  ])('never leads into a private network: %s', async (url) => {
    expect(await safeDownload(url, limits)).toEqual(PRIVATE);
  });

  it.each([
    'http://93.184.216.34/',
    'https://93.184.216.34:8443/',
    'https://user@93.184.216.34/',
    'ftp://93.184.216.34/',
    'file:///etc/passwd',
    'data:,abc',
  ])('is plain https: %s', async (url) => {
    expect(await safeDownload(url, limits)).toEqual(NOT_HTTPS);
  });

  it('does not so much as connect to this machine', async () => {
    const inner = await serve((_, response) => response.end('secret'));
    await safeDownload(`https://localhost:${inner.port}/`, limits);
    await safeDownload(`http://127.0.0.1:${inner.port}/`, limits);
    expect(inner.asked()).toBe(0);
  });

  it('is not led astray by a redirect', async () => {
    const inner = await serve((_, response) => response.end('secret'));
    for (const location of [inner.origin, 'https://127.0.0.1/', 'https://localhost/']) {
      const outer = await serve((_, response) => response.writeHead(302, { location }).end());
      expect((await safeDownload(outer.origin, named(outer.origin))).as).toBe('gone');
    }
    expect(inner.asked()).toBe(0);
  });

  it('follows redirects within bounds', async () => {
    const { origin, asked } = await serve(({ url }, response) => {
      if (url === '/end') response.end('abc');
      else response.writeHead(302, { location: url === '/once' ? '/end' : '/again' }).end();
    });
    expect((await safeDownload(`${origin}/once`, named(origin))).as).toBe('bytes');
    const before = asked();
    expect((await safeDownload(`${origin}/again`, named(origin))).as).toBe('gone');
    expect(asked() - before).toBe(4);
  });

  it('asks only hosts that are known, where that is wanted', async () => {
    const { origin, asked } = await serve((_, response) => response.end('abc'));
    const options = { ...named(origin), allowHost: (host: string) => host.endsWith('.zdn.vn') };
    expect((await safeDownload(origin, options)).as).toBe('gone');
    expect(asked()).toBe(0);
  });

  it.each([true, false])('stops at its limit (length declared: %s)', async (declared) => {
    const bytes = Buffer.alloc(1_001);
    const { origin } = await serve((_, response) => {
      if (declared) response.setHeader('content-length', bytes.length);
      response.write(bytes.subarray(0, 500));
      response.end(bytes.subarray(500));
    });
    expect(await safeDownload(origin, named(origin))).toEqual({ as: 'tooLarge' });
    expect((await safeDownload(origin, { ...named(origin), maxBytes: 1_001 })).as).toBe('bytes');
  });

  it('tells what will never come from what may come later', async () => {
    let status = 404;
    const { origin } = await serve((_, response) => response.writeHead(status).end());
    expect((await safeDownload(origin, named(origin))).as).toBe('gone');
    for (status of [500, 503, 429]) {
      expect((await safeDownload(origin, named(origin))).as).toBe('transient');
    }
  });

  it('ends when it takes too long, is given up, or breaks off, and never names the address', async () => {
    const { origin } = await serve(({ url, socket }, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('abc');
      if (url === '/breaks/secret') socket.destroy();
    });
    const slow = await safeDownload(`${origin}/secret`, { ...named(origin), timeoutMs: 100 });
    const stop = AbortSignal.abort();
    const given = await safeDownload(`${origin}/secret`, { ...named(origin), signal: stop });
    const broken = await safeDownload(`${origin}/breaks/secret`, named(origin));
    for (const one of [slow, given, broken]) {
      expect(one).toEqual({ as: 'transient', why: 'a download broke off' });
    }
  });
});

describe('an address', () => {
  it('of a private network is private, however IPv6 dresses it up', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const heads = fc.constantFrom('10', '127', '0', '192.168', '169.254', '172.16', '100.64');
    fc.assert(
      fc.property(heads, fc.tuple(byte, byte, byte), (head, rest) => {
        const v4 = [...head.split('.'), ...rest].slice(0, 4).join('.');
        expect(isPublicAddress(v4)).toBe(false);
        expect(isPublicAddress(`::ffff:${v4}`)).toBe(false);
        expect(isPublicAddress(`64:ff9b::${v4}`)).toBe(false);
      }),
    );
  });

  it('of the internet is public', () => {
    for (const address of ['93.184.216.34', '118.102.1.4', '2606:2800:220:1::1']) {
      expect(isPublicAddress(address)).toBe(true);
    }
  });
});
