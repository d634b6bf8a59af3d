import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { FetchedFile } from '../../../src/channels/contract.ts';
import { LoneChannel, startServer } from './lone-channel.ts';

const fetchBy = async (lone: LoneChannel, ref: string): Promise<FetchedFile> =>
  (await lone.channel.fetchFile?.(ref)) ?? { as: 'gone', why: 'no files' };

it('brings the bytes of a file', async () => {
  const server = await startServer();
  const ref = server.keepFile(Buffer.from('bytes'), 'documents', '.xml');
  const fetched = await fetchBy(new LoneChannel(server), ref);
  expect(fetched).toEqual({ as: 'bytes', bytes: Buffer.from('bytes') });
});

it('brings nothing of a file that is too large, whoever says so', async () => {
  const server = await startServer();
  const lone = new LoneChannel(server);
  const told = server.keepFile(Buffer.from('x'), 'documents', '', 21 * 1024 * 1024);
  expect(await fetchBy(lone, told)).toEqual({ as: 'tooLarge' });
  const lied = server.keepFile(Buffer.alloc(20 * 1024 * 1024 + 1), 'documents', '', 5);
  expect(await fetchBy(lone, lied)).toEqual({ as: 'tooLarge' });
});

it('knows a file that will never come from one that may', async () => {
  const server = await startServer();
  const lone = new LoneChannel(server);
  expect(await fetchBy(lone, 'unknown')).toMatchObject({ as: 'gone' });
  const ref = server.keepFile(Buffer.from('bytes'), 'photos', '.jpg');
  server.next('getFile', { answers: 429, description: 'Too Many Requests', retryAfter: 3 });
  const fetched = await fetchBy(lone, ref);
  expect(fetched).toMatchObject({ as: 'transient', at: expect.any(Number) });
  server.next('getFile', { breaks: 'before' });
  expect(await fetchBy(lone, ref)).toMatchObject({ as: 'transient' });
});

it.each([
  '/etc/passwd',
  '../../secret',
  'photos/../../x',
  'https://evil.example/x',
  '//evil.example',
])('goes nowhere but below the address of files: %s', async (path) => {
  const server = await startServer();
  const ref = server.keepFile(Buffer.from('bytes'), 'photos', '.jpg');
  const file = server.files.get(ref);
  if (file) file.path = path;
  expect(await fetchBy(new LoneChannel(server), ref)).toMatchObject({ as: 'gone' });
});

it('follows no redirect to another host, and tells nobody the token', async () => {
  const server = await startServer();
  const ref = server.keepFile(Buffer.from('bytes'), 'photos', '.jpg');
  const asked: string[] = [];
  const elsewhere = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('stolen');
  });
  const turner = createServer((request, response) => {
    if (request.url?.endsWith('/getFile')) {
      const file = { file_id: ref, file_path: 'photos/file_1.jpg', file_size: 5 };
      response.end(JSON.stringify({ ok: true, result: file }));
    } else {
      const { port } = elsewhere.address() as AddressInfo;
      response.writeHead(302, { location: `http://127.0.0.1:${port}/x` }).end();
    }
  });
  for (const one of [elsewhere, turner]) {
    await new Promise<void>((listening) => one.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void one.closeAllConnections());
    onTestFinished(() => void one.close());
  }
  const apiRoot = `http://127.0.0.1:${(turner.address() as AddressInfo).port}`;
  const fetched = await fetchBy(new LoneChannel(server, { apiRoot }), ref);
  expect(fetched).toEqual({ as: 'transient', why: 'a download broke off' });
  expect(asked).toEqual([]);
});
