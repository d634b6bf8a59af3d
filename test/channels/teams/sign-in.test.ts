import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { LoneChannel, shown, startServer } from './lone-channel.ts';
import { Person } from './person.ts';

it('by the managed identity of the machine asks its metadata service, and nobody else', async () => {
  const server = await startServer();
  const asked: { url: string; metadata: unknown }[] = [];
  const machine = createServer((request, response) => {
    asked.push({ url: request.url ?? '', metadata: request.headers.metadata });
    server.identity.given.add('of-the-machine');
    const expires = Math.floor(Date.now() / 1000) + 3600;
    const body = {
      access_token: 'of-the-machine',
      expires_on: String(expires),
      token_type: 'Bearer',
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => machine.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void machine.close());
  const identityRoot = `http://127.0.0.1:${(machine.address() as AddressInfo).port}`;
  const lone = new LoneChannel(server, { signIn: { as: 'managedIdentity' }, identityRoot });
  const minh = new Person(server);
  lone.knows(minh);
  expect(await lone.channel.deliver(lone.due(minh), shown('x'))).toEqual({ as: 'sent' });
  expect(asked).toHaveLength(1);
  const url = new URL(asked[0]?.url ?? '', identityRoot);
  expect(url.pathname).toBe('/metadata/identity/oauth2/token');
  expect(url.searchParams.get('client_id')).toBe(server.identity.appId);
  expect(url.searchParams.get('resource')).toBe('https://api.botframework.com');
  expect(asked[0]?.metadata).toBe('true');
});

it('is tried at the start: a wrong secret is said before anybody writes', async () => {
  const server = await startServer();
  const { tenantId } = server.identity;
  const signIn = { as: 'singleTenant' as const, password: 'of another app', tenantId };
  const wrong = new LoneChannel(server, { signIn });
  await wrong.channel.start();
  await vi.waitFor(() => expect(wrong.complaints.join()).toContain('TEAMS_APP_PASSWORD'));
  const right = new LoneChannel(server);
  const before = server.identity.given.size;
  await right.channel.start();
  await vi.waitFor(() => expect(server.identity.given.size).toBe(before + 1));
  expect(right.complaints).toEqual([]);
});

it('in local mode asks for no token and shows none', async () => {
  const server = await startServer();
  const shownTo: unknown[] = [];
  const emulator = createServer((request, response) => {
    shownTo.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
  });
  await new Promise<void>((listening) => emulator.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void emulator.close());
  const serviceUrl = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;
  const lone = new LoneChannel(server, { appId: '' });
  const minh = new Person(server);
  lone.knows(minh, { serviceUrl, channelId: 'emulator' });
  expect(await lone.channel.deliver(lone.due(minh), shown('x'))).toEqual({ as: 'sent' });
  expect(shownTo).toEqual([undefined]);
  expect(server.identity.asked).toBe(0);
});

it('takes nothing from the environment', async () => {
  const { env } = process;
  const before = { ...env };
  onTestFinished(() => {
    process.env = before;
  });
  process.env = {
    ...env,
    ToChannelFromBotLoginUrl: 'https://evil.example/',
    ToBotFromChannelOpenIdMetadataUrl: 'https://evil.example/',
    OAuthUrl: 'https://evil.example/',
    CallerId: 'x',
    MicrosoftAppId: '',
    MicrosoftAppPassword: 'x',
    ChannelService: 'https://botframework.azure.us',
    AZURE_CLIENT_SECRET: 'x',
  };
  const server = await startServer();
  const lone = new LoneChannel(server);
  await lone.listen();
  const minh = new Person(server);
  await minh.writes('xin chào');
  expect(lone.events).toHaveLength(1);
  expect(await lone.channel.deliver(lone.due(minh), shown('x'))).toEqual({ as: 'sent' });
});

it('costs nothing where Teams is not served: the SDK is loaded when the channel starts', async () => {
  const home = resolve(import.meta.dirname, '../../..');
  const code = `
    const { createRequire } = await import('node:module');
    await import('./src/channels/teams/teams-channel.ts');
    const loaded = Object.keys(createRequire(process.cwd() + '/x.js').cache);
    console.log(loaded.filter((path) => /botbuilder|botframework|msal/.test(path)).length);
  `;
  const run = promisify(execFile);
  const args = ['--input-type=module', '--eval', code];
  const { stdout } = await run(process.execPath, args, { cwd: home });
  expect(stdout.trim()).toBe('0');
});
