import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { House } from './house.ts';

const session = (house: House, headers: Record<string, string> = {}, payload: unknown = {}) =>
  house.app.inject({
    method: 'POST',
    url: '/api/chat/session',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(payload),
  });

describe('opening the page', () => {
  it('gives a new visitor a cookie that scripts and other sites cannot use', async () => {
    const house = await House.build();
    const answer = await session(house);
    const [cookie] = answer.cookies;
    expect(cookie?.name).toBe('chat');
    expect(cookie?.value).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(cookie?.maxAge).toBe(400 * 24 * 60 * 60);
    expect(cookie?.secure).toBeUndefined();
  });

  it('marks the cookie secure where people come by https', async () => {
    const house = await House.build({ publicUrl: 'https://unbind.example' });
    const answer = await session(house);
    expect(answer.cookies[0]?.secure).toBe(true);
  });

  it('names the chat by a hash of the cookie, and greets once', async () => {
    const house = await House.build();
    const first = await session(house, {}, { language: 'en' });
    const value = first.cookies[0]?.value ?? '';
    expect(first.json()).toEqual({ language: 'en' });
    const again = await session(house, { cookie: `chat=${value}` }, { language: 'vi' });
    expect(again.json()).toEqual({ language: 'en' });
    expect(again.cookies[0]?.value).toBe(value);
    expect(house.events).toEqual([
      expect.objectContaining({
        type: 'opened',
        channel: 'web',
        language: 'en',
        chatId: createHash('sha256').update(value).digest('base64url'),
      }),
    ]);
    expect(JSON.stringify(house.events)).not.toContain(value);
  });

  it('gives two tabs that open at a time one greeting', async () => {
    const house = await House.build();
    const cookie = `chat=${'a'.repeat(43)}`;
    await Promise.all([session(house, { cookie }), session(house, { cookie })]);
    expect(house.events).toHaveLength(1);
  });

  it('replaces a cookie that it did not make', async () => {
    const house = await House.build();
    const answer = await session(house, { cookie: 'chat=admin' });
    expect(answer.cookies[0]?.value).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('refuses what the page of another site sends, with a sentence', async () => {
    const house = await House.build({ publicUrl: 'https://unbind.example' });
    const answer = await session(house, { origin: 'https://evil.example' });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error).toMatchObject({ code: 'foreignOrigin' });
    expect(answer.json().error.message).toMatch(/địa chỉ/);
    expect(answer.cookies).toEqual([]);
    expect((await session(house, { origin: 'null' })).statusCode).toBe(403);
    expect((await session(house, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await session(house, { origin: 'https://unbind.example' })).statusCode).toBe(200);
  });

  it('takes its own host for its origin where no public address is set', async () => {
    const house = await House.build();
    const headers = { host: 'localhost:3978', origin: 'http://localhost:3978' };
    expect((await session(house, headers)).statusCode).toBe(200);
    expect((await session(house, { ...headers, origin: 'http://localhost:9' })).statusCode).toBe(
      403,
    );
  });

  it('says to wait, and how long, when one address asks too often', async () => {
    const house = await House.build({ limits: { messages: { perChat: 9, perAddress: 2 } } });
    await session(house);
    await session(house);
    const answer = await session(house, { 'accept-language': 'en' });
    expect(answer.statusCode).toBe(429);
    expect(answer.json().error.message).toMatch(/wait/);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});
