import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ConnectorServer } from './bot-connector/connector-server.ts';
import { IdentityProvider } from './bot-connector/identity-provider.ts';
import { LoneChannel, startServer } from './lone-channel.ts';

function textFrom(server: ConnectorServer, more: Record<string, unknown> = {}) {
  return {
    type: 'message',
    id: server.nextId(),
    text: 'xin chào',
    channelId: 'msteams',
    serviceUrl: server.serviceUrl,
    from: { id: '29:1' },
    recipient: { id: server.botId },
    conversation: { id: 'a:1', conversationType: 'personal' },
    ...more,
  };
}

describe('a delivery', () => {
  it('with a token of Teams for this bot is taken, and answered after the commit', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    await lone.listen();
    let commit: (() => void) | null = null;
    lone.accept = () => new Promise<void>((done) => (commit = done));
    const token = await server.identity.sign(server.serviceUrl);
    let answered = false;
    const answer = server.deliveries.post(textFrom(server), `Bearer ${token}`).then((response) => {
      answered = true;
      return response;
    });
    const begun = await vi.waitUntil(() => commit, { timeout: 5_000 });
    // Another request goes there and back meanwhile.
    expect((await server.deliveries.post(textFrom(server), null)).status).toBe(401);
    expect([lone.addresses.has('a:1'), answered]).toEqual([true, false]);
    begun();
    expect((await answer).status).toBe(200);
  });

  it.each([
    { what: 'another audience', claims: { aud: 'another bot' }, status: 401 },
    { what: 'another issuer', claims: { iss: 'https://sts.windows.net/x/' }, status: 401 },
    {
      what: 'the issuer of emulators',
      claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' },
      status: 401,
    },
    { what: 'a past expiry', claims: { expiresIn: -600 }, status: 401 },
    { what: 'a beginning that is to come', claims: { notBefore: 1200 }, status: 401 },
    { what: 'another service', claims: { serviceurl: 'https://evil.example/' }, status: 401 },
    { what: 'no service', claims: { serviceurl: undefined }, status: 401 },
  ])('whose token has $what is refused', async ({ claims, status }) => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    await lone.listen();
    const token = await server.identity.sign(server.serviceUrl, claims);
    const answer = await server.deliveries.post(textFrom(server), `Bearer ${token}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code: 'notTeams' } });
    expect([lone.events, lone.addresses.size]).toEqual([[], 0]);
  });

  it('whose token somebody else signed, or changed, is refused', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    await lone.listen();
    const stranger = await IdentityProvider.start();
    onTestFinished(() => stranger.stop());
    const forged = await stranger.sign(server.serviceUrl, { aud: server.identity.appId });
    const [header, payload, signature] = (await server.identity.sign(server.serviceUrl)).split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const other = Buffer.from(JSON.stringify({ aud: server.identity.appId })).toString('base64url');
    for (const token of [
      forged,
      `${header}.${other}.${signature}`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      'not a token',
      'a.b.c',
      '',
    ]) {
      const answer = await server.deliveries.post(textFrom(server), `Bearer ${token}`);
      expect(answer.status).toBe(401);
    }
    expect((await server.deliveries.post(textFrom(server), null)).status).toBe(401);
    expect(lone.events).toEqual([]);
  });

  it('without a token is refused before its body is looked at', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    await lone.listen();
    expect((await server.deliveries.post('no activity', null)).status).toBe(401);
    const token = await server.identity.sign(server.serviceUrl);
    expect((await server.deliveries.post('no activity', `Bearer ${token}`)).status).toBe(400);
  });

  it('that names a host which is not allowed is refused, though it is signed', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    await lone.listen();
    for (const serviceUrl of [
      'https://smba.trafficmanager.net.evil.example/amer/',
      'https://127.0.0.1@evil.example/',
      'http://evil.example/',
      'file:///etc/passwd',
      '',
    ]) {
      const token = await server.identity.sign(serviceUrl);
      const activity = textFrom(server, { serviceUrl });
      const answer = await server.deliveries.post(activity, `Bearer ${token}`);
      expect(answer.status).toBe(403);
    }
    expect(lone.events).toEqual([]);
    expect(lone.complaints.join()).toContain('TEAMS_SERVICE_HOSTS');
  });

  it('from another channel of the Bot Framework is refused', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server);
    await lone.listen();
    const token = await server.identity.sign(server.serviceUrl);
    for (const channelId of ['emulator', 'webchat', 'AseChannel', 'directline']) {
      const answer = await server.deliveries.post(
        textFrom(server, { channelId }),
        `Bearer ${token}`,
      );
      expect(answer.status).toBe(401);
    }
  });

  it('comes again while the signing keys cannot be fetched', async () => {
    const server = await startServer();
    const dead = createServer((_request, response) => response.writeHead(503).end());
    await new Promise<void>((listening) => dead.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void dead.close());
    const identityRoot = `http://127.0.0.1:${(dead.address() as AddressInfo).port}`;
    const lone = new LoneChannel(server, { identityRoot });
    await lone.listen();
    const token = await server.identity.sign(server.serviceUrl);
    const answer = await server.deliveries.post(textFrom(server), `Bearer ${token}`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('comes again when it was not kept, or when keeping it takes too long', async () => {
    const server = await startServer();
    const pauses = { call: 1_000, download: 1_000, webhook: 300 };
    const lone = new LoneChannel(server, { pauses });
    await lone.listen();
    const token = await server.identity.sign(server.serviceUrl);
    lone.accept = async () => {
      throw new Error('the disk is full');
    };
    expect((await server.deliveries.post(textFrom(server), `Bearer ${token}`)).status).toBe(503);
    lone.accept = () => new Promise(() => {});
    expect((await server.deliveries.post(textFrom(server), `Bearer ${token}`)).status).toBe(503);
  });
});

describe('local mode', () => {
  it('takes what the emulator sends, from this machine alone', async () => {
    const server = await startServer();
    const lone = new LoneChannel(server, { appId: '' });
    await lone.listen();
    const local = textFrom(server, { channelId: 'emulator' });
    expect((await server.deliveries.post(local, null)).status).toBe(200);
    const outside = { ...local, serviceUrl: 'https://evil.example/' };
    expect((await server.deliveries.post(outside, null)).status).toBe(403);
    expect(lone.events).toHaveLength(1);
  });
});
