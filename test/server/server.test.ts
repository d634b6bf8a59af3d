import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyPluginAsync } from 'fastify';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Figures } from '../../src/server/health.ts';
import { parse } from '../../src/server/parse.ts';
import { createServer } from '../../src/server/server.ts';

const TOKEN = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6';

function builtPages(): string {
  const built = mkdtempSync(join(tmpdir(), 'pages-'));
  for (const folder of ['assets', 'chat', 'desk']) mkdirSync(join(built, folder));
  writeFileSync(join(built, 'chat/index.html'), '<title>chat</title>');
  writeFileSync(join(built, 'desk/index.html'), '<title>desk</title>');
  writeFileSync(join(built, 'assets/index-abc123.js'), 'export {};');
  return built;
}

const routes: FastifyPluginAsync = async (app) => {
  app.get('/throws', async () => {
    throw new Error(`could not use ${TOKEN}`, { cause: new Error('the disk is gone') });
  });
  app.get<{ Params: { code: string } }>('/store/:code', async ({ params }) => {
    throw Object.assign(new Error('the store is out'), { name: 'StoreError', code: params.code });
  });
  app.post('/named', async (request) =>
    parse(z.object({ person: z.object({ name: z.string() }) }), request.body),
  );
};

async function server(
  more: { publicUrl?: string; ready?: boolean; built?: string; figures?: () => Figures } = {},
) {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const built = more.built ?? builtPages();
  const app = await createServer({
    config: { publicUrl: more.publicUrl ?? null },
    log: pino({ level: 'trace' }, sink),
    ready: () => more.ready ?? true,
    ...(more.figures ? { figures: more.figures } : {}),
    routes: [routes],
    pages: { built, pictures: built },
  });
  return { app, logged: () => lines.join('') };
}

describe('the server', () => {
  it.each(['full', 'closed'])('asks for another try while the store is %s', async (code) => {
    const { app } = await server();
    const { statusCode, headers, json } = await app.inject(`/store/${code}`);
    expect([statusCode, headers['retry-after']]).toEqual([503, '10']);
    expect(json().error.code).toBe('notReady');
  });

  it('answers with headers that keep scripts of others out', async () => {
    const { app } = await server();
    const { headers } = await app.inject('/');
    const csp = String(headers['content-security-policy']);
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'self';");
    expect(csp).toContain("img-src 'self' blob: data:");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('insists on https only where people come by https', async () => {
    const { app } = await server({ publicUrl: 'https://assistant.example.vn' });
    const { headers } = await app.inject('/');
    expect(headers['strict-transport-security']).toContain('max-age=');
  });

  it('serves the pages fresh and their assets for good', async () => {
    const { app } = await server();
    for (const [address, title] of [
      ['/', 'chat'],
      ['/desk', 'desk'],
      ['/desk/', 'desk'],
      ['/desk/setup', 'desk'],
    ] as const) {
      const page = await app.inject(address);
      expect(page.body).toBe(`<title>${title}</title>`);
      expect(page.headers['cache-control']).toBe('no-cache');
      const headers = { 'if-none-match': String(page.headers.etag) };
      expect((await app.inject({ url: address, headers })).statusCode).toBe(304);
    }
    const asset = await app.inject('/assets/index-abc123.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await app.inject('/assets/../desk/index.html')).statusCode).toBe(404);
  });

  it('says what to do while the pages are not built', async () => {
    const { app } = await server({ built: join(tmpdir(), 'no-such-folder') });
    const response = await app.inject('/desk');
    expect(response.statusCode).toBe(503);
    expect(response.json().error.message).toContain('scripts/build-pages.ts');
  });

  it('is up, and ready only while what comes in can be kept', async () => {
    const good = await server();
    expect((await good.app.inject('/healthz')).json()).toEqual({ status: 'up' });
    expect((await good.app.inject('/readyz')).json()).toEqual({ status: 'ready' });
    const busy = await server({ figures: () => ({ photos: { waiting: 3 } }) });
    const told = (await busy.app.inject('/readyz')).json();
    expect(told).toEqual({ status: 'ready', photos: { waiting: 3 } });
    const bad = await server({ ready: false });
    expect((await bad.app.inject('/healthz')).statusCode).toBe(200);
    const response = await bad.app.inject('/readyz');
    expect(response.statusCode).toBe(503);
    expect(response.json().error.code).toBe('notReady');
    expect(response.headers['retry-after']).toBe('10');
  });

  it('tells a person of a thrown error in a sentence with an id, and the log the rest', async () => {
    const { app, logged } = await server();
    const response = await app.inject({ url: '/throws', headers: { 'accept-language': 'en-GB' } });
    expect(response.statusCode).toBe(500);
    const id = String(response.headers['x-request-id']);
    expect(response.json()).toEqual({
      error: {
        code: 'internal',
        message: `Something went wrong here. Please try again; if it keeps happening, tell the administrator the code ${id}.`,
      },
    });
    const entry = logged()
      .split('\n')
      .find((each) => each.includes('a request failed'));
    expect(entry).toContain(id);
    expect(entry).toContain('the disk is gone');
    expect(entry).toContain('server.test.ts');
    expect(entry).not.toContain(TOKEN);
  });

  it('names the field that does not fit, and never what was in it', async () => {
    const { app } = await server();
    const payload = { person: { name: [TOKEN] } };
    const response = await app.inject({ method: 'POST', url: '/named', payload });
    expect(response.statusCode).toBe(400);
    expect(response.json().error.message).toContain('“person.name”');
    expect(response.body).not.toContain(TOKEN);
  });

  it.each([
    ['a broken JSON', { payload: '{"person":', type: 'application/json' }, 400, 'badRequest'],
    ['another format', { payload: '<a/>', type: 'text/xml' }, 415, 'wrongType'],
    [
      'too much',
      { payload: `"${'x'.repeat(300_000)}"`, type: 'application/json' },
      413,
      'tooLarge',
    ],
  ])('answers %s with a sentence', async (_name, { payload, type }, status, code) => {
    const { app } = await server();
    const headers = { 'content-type': type };
    const response = await app.inject({ method: 'POST', url: '/named', headers, payload });
    expect(response.statusCode).toBe(status);
    expect(response.json().error.code).toBe(code);
    expect(response.body).not.toContain('at ');
  });

  it('answers an unknown address with a sentence', async () => {
    const { app } = await server();
    const response = await app.inject('/nowhere?secret=1');
    expect(response.statusCode).toBe(404);
    expect(response.json().error.code).toBe('notFound');
  });

  it('logs routes, never query strings, cookies, tokens or bodies', async () => {
    const { app, logged } = await server();
    await app.inject({
      method: 'POST',
      url: `/named?key=${TOKEN}`,
      headers: { cookie: `desk=${TOKEN}`, 'x-csrf-token': TOKEN, authorization: TOKEN },
      payload: { person: { name: TOKEN } },
    });
    await app.inject(`/nowhere?key=${TOKEN}`);
    const answered = logged()
      .split('\n')
      .filter((each) => each.includes('"answered"'))
      .map((each) => JSON.parse(each));
    expect(answered).toMatchObject([
      { method: 'POST', route: '/named', status: 200 },
      { method: 'GET', route: 'none', status: 404 },
    ]);
    expect(logged()).not.toContain(TOKEN);
    expect(logged()).not.toContain('?key');
  });
});
