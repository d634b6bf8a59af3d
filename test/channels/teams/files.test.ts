import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { ConnectorServer } from './bot-connector/connector-server.ts';
import { LoneChannel, startServer } from './lone-channel.ts';

async function build() {
  const server = await startServer();
  const lone = new LoneChannel(server);
  const keep = (url: string, by: 'link' | 'token') => {
    lone.links.set('t1', JSON.stringify({ url, by }));
    return lone.fetch('t1');
  };
  return { server, lone, keep };
}

it('brings a picture with the token of the bot, and a file without it', async () => {
  const { server, keep } = await build();
  const bytes = Buffer.from('bytes');
  expect(await keep(server.keep(bytes, 'picture'), 'token')).toEqual({ as: 'bytes', bytes });
  expect(await keep(server.keep(bytes, 'file'), 'link')).toEqual({ as: 'bytes', bytes });
});

it('shows the token to no host but those of Teams', async () => {
  const { keep, lone } = await build();
  const asked: unknown[] = [];
  const elsewhere = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.end('stolen');
  });
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void elsewhere.close());
  const { port } = elsewhere.address() as AddressInfo;
  for (const url of [
    `http://localhost:${port}/v3/attachments/1/views/original`,
    `https://127.0.0.1.evil.example/v3/attachments/1/views/original`,
    `https://127.0.0.1@evil.example/`,
    'https://smba.trafficmanager.net.evil.example/',
    'file:///etc/passwd',
  ]) {
    expect(await keep(url, 'token')).toMatchObject({ as: 'gone' });
  }
  expect(asked).toEqual([]);
  expect(JSON.stringify(lone.logged)).not.toContain('evil');
});

it('follows no redirect with the token', async () => {
  const { keep } = await build();
  const asked: string[] = [];
  const turner = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((listening) => turner.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void turner.close());
  const { port } = turner.address() as AddressInfo;
  expect((await keep(`http://127.0.0.1:${port}/a`, 'token')).as).toBe('transient');
  expect(asked).toEqual(['/a']);
});

it('asks no host for a file that does not keep files of Teams', async () => {
  const { keep } = await build();
  for (const url of ['http://localhost/x', 'https://169.254.169.254/latest', 'https://[::1]/']) {
    expect(await keep(url, 'link')).toMatchObject({ as: 'gone' });
  }
});

it('knows a file that will never come from one that may, and one that is too large', async () => {
  const { server, lone, keep } = await build();
  expect(await lone.fetch('unknown')).toMatchObject({ as: 'gone' });
  const gone = server.keep(Buffer.from('x'), 'picture');
  server.files.clear();
  expect(await keep(gone, 'token')).toMatchObject({ as: 'gone' });
  const url = server.keep(Buffer.from('x'), 'picture', 21 * 1024 * 1024);
  expect(await keep(url, 'token')).toEqual({ as: 'tooLarge' });
  const down = await ConnectorServer.start();
  const lost = down.keep(Buffer.from('x'), 'picture');
  await down.stop();
  const late = await keep(lost, 'token');
  expect(late).toMatchObject({ as: 'transient' });
  expect(JSON.stringify(late)).not.toContain('127.0.0.1');
});
