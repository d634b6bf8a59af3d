import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cutText } from '../../../src/channels/cut-text.ts';
import { MAX_TEXT } from '../../../src/dialogue/event.ts';
import { House } from './house.ts';

const post = (house: House, cookie: string, payload: unknown, language = 'vi') =>
  house.app.inject({
    method: 'POST',
    url: '/api/chat/events',
    headers: { cookie, 'content-type': 'application/json', 'accept-language': language },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

describe('writing and pressing buttons', () => {
  it('makes a text and a choice into events of this chat', async () => {
    const house = await House.build();
    const { cookie, chatId } = await house.visit();
    const [text, choice] = [randomUUID(), randomUUID()];
    const answer = await post(house, cookie, { id: text, type: 'text', text: 'xin chào' });
    expect(answer.statusCode).toBe(202);
    await post(house, cookie, { id: choice, type: 'choice', token: 'f1.network.2' });
    const base = { channel: 'web', chatId, at: 1_795_000_000_000 };
    expect(house.events.slice(1)).toEqual([
      { ...base, eventId: `${chatId}:${text}`, type: 'text', text: 'xin chào' },
      { ...base, eventId: `${chatId}:${choice}`, type: 'choice', token: 'f1.network.2' },
    ]);
  });

  it('gives a repeated message the same event id, and two people different ones', async () => {
    const house = await House.build();
    const one = await house.visit();
    const other = await house.visit();
    const message = { id: randomUUID(), type: 'text', text: 'D12345678' };
    const answers = [
      await post(house, one.cookie, message),
      await post(house, one.cookie, message),
      await post(house, other.cookie, message),
    ];
    expect(answers.map((answer) => answer.json().known)).toEqual([false, true, false]);
    const texts = house.events.filter((event) => event.type === 'text');
    expect(texts.map((event) => event.chatId)).toEqual([one.chatId, other.chatId]);
  });

  it('answers only once the event is kept, and says so when it was not', async () => {
    let fail: ((error: Error) => void) | undefined;
    const house = await House.build({
      accept: () => new Promise((_resolve, reject) => (fail = reject)),
    });
    const cookie = `chat=${'b'.repeat(43)}`;
    let answered = false;
    const answer = post(house, cookie, { id: randomUUID(), type: 'text', text: 'hi' }, 'en');
    const watched = answer.then(() => (answered = true));
    await expect.poll(() => fail).toBeDefined();
    expect(answered).toBe(false);
    fail?.(new Error('SQLITE_FULL: database or disk is full'));
    await watched;
    expect((await answer).statusCode).toBe(503);
    expect((await answer).json()).toEqual({
      error: { code: 'notKept', message: expect.stringContaining('kept here') },
    });
  });

  it('cuts a text that is too long and says that it did', async () => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const text = 'x'.repeat(100_000);
    const answer = await post(house, cookie, { id: randomUUID(), type: 'text', text });
    expect(answer.statusCode).toBe(202);
    expect(house.events.at(-1)).toMatchObject({ text: 'x'.repeat(MAX_TEXT), cut: true });
  });

  it('does not cut a character in two', () => {
    const { text, cut } = cutText(`${'x'.repeat(MAX_TEXT - 1)}😀`);
    expect({ length: text.length, cut }).toEqual({ length: MAX_TEXT - 1, cut: true });
  });

  it('answers a body beyond 256 kB with a sentence', async () => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const text = 'x'.repeat(300_000);
    const answer = await post(house, cookie, { id: randomUUID(), type: 'text', text }, 'en');
    expect(answer.statusCode).toBe(413);
    expect(answer.json().error.message).toMatch(/\w+ \w+/);
    expect(house.events).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"id":'],
    ['no id', { type: 'text', text: 'a' }],
    ['an id that is no uuid', { id: '1', type: 'text', text: 'a' }],
    ['nothing written', { id: randomUUID(), type: 'text', text: '' }],
    ['a token that is too long', { id: randomUUID(), type: 'choice', token: 'x'.repeat(65) }],
    ['an event that pages may not make', { id: randomUUID(), type: 'agentActed', act: 'say' }],
  ])('refuses %s with a sentence', async (_name, payload) => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const answer = await post(house, cookie, payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).toMatch(/vui lòng|Vui lòng/);
    expect(house.events).toHaveLength(1);
  });

  it('refuses forms, which other sites may post without asking', async () => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/chat/events',
      headers: { cookie, 'content-type': 'text/plain' },
      payload: JSON.stringify({ id: randomUUID(), type: 'text', text: 'a' }),
    });
    expect(answer.statusCode).toBe(415);
    expect(house.events).toHaveLength(1);
  });

  it('asks a stranger to open the page first', async () => {
    const house = await House.build();
    const answer = await post(house, '', { id: randomUUID(), type: 'text', text: 'a' });
    expect(answer.statusCode).toBe(401);
    expect(answer.json().error.code).toBe('noSession');
  });

  it('slows down one chat without slowing down its neighbours', async () => {
    const house = await House.build({ limits: { messages: { perChat: 1, perAddress: 50 } } });
    const [one, other] = [`chat=${'c'.repeat(43)}`, `chat=${'d'.repeat(43)}`];
    const message = () => ({ id: randomUUID(), type: 'text', text: 'a' });
    expect((await post(house, one, message())).statusCode).toBe(202);
    expect((await post(house, one, message())).statusCode).toBe(429);
    expect((await post(house, other, message())).statusCode).toBe(202);
  });

  it('writes neither cookies nor texts to the log, however much it logs', async () => {
    const house = await House.build({ logLevel: 'trace' });
    const { cookie } = await house.visit();
    await post(house, cookie, { id: randomUUID(), type: 'text', text: 'AwAAAMxPI0lRPznz2rl0' });
    await post(house, cookie, '{"id": AwAAAMxPI0lRPznz2rl0');
    await house.app.inject({ url: '/api/chat/photos/none', headers: { cookie } });
    const logged = house.logged.join('');
    expect(logged).toContain('/api/chat/events');
    expect(logged).not.toContain(cookie.slice('chat='.length));
    expect(logged).not.toContain('AwAAAMxPI0l');
  });
});
