import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { codeOf, deskApp, login, ORIGIN, PASSWORD, signIn } from './desk-app.ts';

const FIRST = { name: 'Nguyễn An', login: 'An', password: PASSWORD };

function setUp(app: FastifyInstance, token: string, more: object = {}) {
  return app.inject({
    method: 'POST',
    url: '/api/desk/setup',
    headers: { origin: ORIGIN, host: 'desk.test' },
    payload: { token, ...FIRST, ...more },
  });
}

async function tokenOf(offer: Promise<string | null>): Promise<string> {
  return new URL((await offer) ?? '').hash.slice(1);
}

describe('the setup link', () => {
  it('carries its token where browsers never send it', async () => {
    const { setup } = await deskApp();
    const link = new URL((await setup.offer('http://127.0.0.1:3978')) ?? '');
    expect(`${link.origin}${link.pathname}${link.search}`).toBe('http://127.0.0.1:3978/desk/setup');
    expect(link.hash).toMatch(/^#[\w-]{43}$/);
  });

  it('makes one admin, signs them in, and works no second time', async () => {
    const { app, setup, store } = await deskApp();
    const token = await tokenOf(setup.offer(ORIGIN));
    const response = await setUp(app, token);
    expect(response.statusCode).toBe(200);
    expect(response.json().agent).toMatchObject({ name: 'Nguyễn An', login: 'an', role: 'admin' });
    expect(response.cookies[0]).toMatchObject({ name: 'desk', httpOnly: true });
    expect(store.people[0]?.passwordHash).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(store.trail).toMatchObject([
      { action: 'agent.create', actor: store.people[0]?.agentId },
    ]);
    expect(codeOf(await setUp(app, token, { login: 'second' }))).toBe('setupClosed');
    expect(store.people).toHaveLength(1);
  });

  it('makes one admin of two who hurry', async () => {
    const { app, setup, store } = await deskApp();
    const token = await tokenOf(setup.offer(ORIGIN));
    const both = await Promise.all([setUp(app, token), setUp(app, token, { login: 'other' })]);
    expect(both.map((response) => response.statusCode).toSorted()).toEqual([200, 403]);
    expect(store.people).toHaveLength(1);
  });

  it('is refused when it is wrong, old, or replaced by a newer one', async () => {
    const { app, setup, clock, store } = await deskApp();
    const first = await tokenOf(setup.offer(ORIGIN));
    const second = await tokenOf(setup.offer(ORIGIN));
    expect(codeOf(await setUp(app, 'A'.repeat(43)))).toBe('setupClosed');
    expect(codeOf(await setUp(app, first))).toBe('setupClosed');
    clock.now += 24 * 60 * 60 * 1000;
    expect(codeOf(await setUp(app, second))).toBe('setupClosed');
    expect(store.people).toHaveLength(0);
  });

  it('is not offered, and does not work, once there is an admin', async () => {
    const desk = await deskApp();
    const token = await tokenOf(desk.setup.offer(ORIGIN));
    await signIn(desk, 'admin');
    expect(await desk.setup.offer(ORIGIN)).toBeNull();
    expect(codeOf(await setUp(desk.app, token))).toBe('setupClosed');
  });

  it.each([
    [{ password: 'mười bốn ký tự' }, 'passwordShort'],
    [{ password: 'mười bốn ký tự'.normalize('NFD') }, 'passwordShort'],
    [{ login: 'nguyen.an.2026', password: 'Nguyen.An.2026!' }, 'passwordGuessable'],
    [{ password: 'Nguyễn An 1234567890' }, 'passwordGuessable'],
    [{ password: 'hikvision hikvision' }, 'passwordGuessable'],
    [{ password: 'aaaaaaaaaaaaaaaaaa' }, 'passwordGuessable'],
    [{ password: '123456789012345' }, 'passwordGuessable'],
    [{ login: 'có dấu' }, 'loginShape'],
    [{ name: '  ' }, 'nameNeeded'],
  ])('stays good after a form with %o', async (wrong, code) => {
    const { app, setup } = await deskApp();
    const token = await tokenOf(setup.offer(ORIGIN));
    const response = await setUp(app, token, wrong);
    expect(response.statusCode).toBe(400);
    expect(codeOf(response)).toBe(code);
    expect((await setUp(app, token)).statusCode).toBe(200);
  });
});

describe('people', () => {
  const somebody = { name: 'Bình', login: 'binh', password: PASSWORD, role: 'viewer' };

  it('are added by an admin, who leaves a trace of it', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    const response = await admin.post('/agents', somebody);
    expect(response.statusCode).toBe(201);
    expect(response.body).not.toContain('scrypt');
    expect(desk.store.trail.at(-1)).toMatchObject({ actor: 'id-An', action: 'agent.create' });
    expect(codeOf(await admin.post('/agents', { ...somebody, login: 'BINH' }))).toBe('loginTaken');
    expect((await admin.get('/agents')).json().agents).toHaveLength(2);
  });

  it('are neither seen nor added by others', async () => {
    const desk = await deskApp();
    const agent = await signIn(desk);
    expect(codeOf(await agent.get('/agents'))).toBe('adminsOnly');
    expect(codeOf(await agent.post('/agents', somebody))).toBe('adminsOnly');
  });

  it('change, and leave: they are signed out and cannot come back', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    const binh = await signIn(desk, 'agent', 'Binh');
    const change = (body: object) => admin.post('/agents/id-Binh', body);
    expect((await change({ role: 'viewer' })).statusCode).toBe(200);
    expect((await binh.get('/me')).json().agent.role).toBe('viewer');
    expect((await change({ role: 'left' })).statusCode).toBe(200);
    expect((await binh.get('/me')).statusCode).toBe(401);
    const back = await login(desk.app, { login: 'binh', password: PASSWORD });
    expect(codeOf(back)).toBe('wrongPassword');
    const done = desk.store.trail.map(({ action, detail }) => `${action} ${detail ?? ''}`);
    expect(done).toContain('agent.role viewer');
    expect(done).toContain('agent.role left');
  });

  it('who forgot a password get another from an admin, and their sessions end', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    const binh = await signIn(desk, 'agent', 'Binh');
    const password = 'con mèo trèo cây cau';
    const changed = await admin.post('/agents/id-Binh', { role: 'agent', password });
    expect(changed.body).not.toContain('scrypt');
    expect((await binh.get('/me')).statusCode).toBe(401);
    expect((await login(desk.app, { login: 'binh', password })).statusCode).toBe(200);
  });

  it('do not change themselves there, so that an admin is always left', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    expect(codeOf(await admin.post('/agents/id-An', { role: 'viewer' }))).toBe('notYourself');
    expect(codeOf(await admin.post('/agents/none', { role: 'viewer' }))).toBe('noPerson');
    const agent = await signIn(desk, 'agent', 'Binh');
    expect(codeOf(await agent.post('/agents/id-An', { role: 'viewer' }))).toBe('adminsOnly');
  });
});
