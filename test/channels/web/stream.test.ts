import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { House } from './house.ts';

interface Message {
  event: string;
  id: string | null;
  data: { id?: number; shown?: { text: string } };
}

/** A browser's side of a stream: all that has come so far. */
async function listen(house: House, cookie: string, lastId?: number, query = '') {
  if (!house.app.server.listening) await house.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = house.app.server.address() as AddressInfo;
  const ended = new AbortController();
  onTestFinished(() => ended.abort());
  const response = await fetch(`http://127.0.0.1:${port}/api/chat/stream${query}`, {
    headers: { cookie, ...(lastId === undefined ? {} : { 'last-event-id': String(lastId) }) },
    signal: ended.signal,
  });
  const messages: Message[] = [];
  let done = false;
  void (async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      messages.push(...blocks.flatMap(messageOf));
    }
  })()
    .catch(() => {})
    .finally(() => (done = true));
  const texts = () =>
    messages.filter((one) => one.event === 'message').map((one) => one.data.shown?.text);
  const ready = () => expect.poll(() => messages.some((one) => one.event === 'ready')).toBe(true);
  return { response, messages, texts, ready, isDone: () => done, end: () => ended.abort() };
}

function messageOf(block: string): Message[] {
  const field = (name: string) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? null;
  const data = field('data');
  if (data === null) return [];
  return [{ event: field('event') ?? 'message', id: field('id'), data: JSON.parse(data) }];
}

describe('the live conversation', () => {
  it('sends what was said before, then what is being said', async () => {
    const house = await House.build();
    const { cookie, conversationId } = await house.visit();
    const first = house.say(conversationId, 'Xin chào');
    const stream = await listen(house, cookie);
    expect(stream.response.headers.get('content-type')).toMatch('text/event-stream');
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
    await stream.ready();
    expect(stream.messages[0]).toEqual({
      event: 'message',
      id: String(first.id),
      data: {
        id: first.id,
        at: first.at,
        author: 'bot',
        agentName: null,
        language: 'vi',
        shown: first.shown,
        photos: [],
        delivery: 'sent',
      },
    });
    house.say(conversationId, 'em tên Huy', { author: 'installer' });
    house.say(conversationId, 'Dạ', { delivery: 'due' });
    await expect.poll(stream.texts).toEqual(['Xin chào', 'em tên Huy', 'Dạ']);
  });

  it('sends a long transcript whole and in order', async () => {
    const house = await House.build();
    const { cookie, conversationId } = await house.visit();
    const said = Array.from({ length: 450 }, (_, n) => house.say(conversationId, `${n}`));
    const stream = await listen(house, cookie);
    await stream.ready();
    expect(stream.texts()).toEqual(said.map((line) => line.shown.text));
  });

  it.each(['header', 'query'])('goes on after the last line seen (%s)', async (how) => {
    const house = await House.build();
    const { cookie, conversationId } = await house.visit();
    house.say(conversationId, 'one');
    const seen = house.say(conversationId, 'two');
    house.say(conversationId, 'three');
    const stream =
      how === 'header'
        ? await listen(house, cookie, seen.id)
        : await listen(house, cookie, undefined, `?after=${seen.id}`);
    await stream.ready();
    expect(stream.texts()).toEqual(['three']);
  });

  it('shows nobody else’s conversation', async () => {
    const house = await House.build();
    const mine = await house.visit();
    const other = await house.visit();
    const stream = await listen(house, mine.cookie);
    await stream.ready();
    house.say(other.conversationId, 'secret');
    house.say(mine.conversationId, 'for me');
    await expect.poll(stream.texts).toEqual(['for me']);
  });

  it('leaves out cancelled and expired lines and takes back one that is cancelled later', async () => {
    const house = await House.build();
    const { cookie, conversationId } = await house.visit();
    house.say(conversationId, 'cancelled', { delivery: 'cancelled' });
    house.say(conversationId, 'expired', { delivery: 'expired' });
    const due = house.say(conversationId, 'due', { delivery: 'due' });
    const stream = await listen(house, cookie);
    await stream.ready();
    house.say(conversationId, 'agent', { author: 'agent', agentName: 'Lan' });
    await expect.poll(stream.texts).toEqual(['due', 'agent']);
    due.delivery = 'cancelled';
    house.tell(conversationId);
    await expect
      .poll(() => stream.messages.at(-1))
      .toEqual({
        event: 'gone',
        id: null,
        data: { id: due.id },
      });
    expect(stream.texts()).toEqual(['due', 'agent']);
  });

  it('takes back what was cancelled while the page was away', async () => {
    const house = await House.build();
    const { cookie, conversationId } = await house.visit();
    const due = house.say(conversationId, 'due', { delivery: 'due' });
    const first = await listen(house, cookie);
    await first.ready();
    first.end();
    due.delivery = 'cancelled';
    const stream = await listen(house, cookie, due.id);
    await stream.ready();
    expect(stream.messages.filter((one) => one.event === 'gone').map((one) => one.data)).toEqual([
      { id: due.id },
    ]);
  });

  it('looks at every heartbeat too, should it not have been told', async () => {
    const house = await House.build({ heartbeat: 20 });
    const { cookie, conversationId } = await house.visit();
    const stream = await listen(house, cookie);
    await stream.ready();
    house.say('another conversation', 'x');
    const late = house.say('another conversation', 'late');
    late.conversationId = conversationId;
    await expect.poll(stream.texts).toEqual(['late']);
    expect(stream.messages.some((one) => one.event === 'beat')).toBe(true);
  });

  it('stops listening when the page goes', async () => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const stream = await listen(house, cookie);
    await stream.ready();
    expect(house.listening).toBe(1);
    stream.end();
    await expect.poll(() => house.listening).toBe(0);
  });

  it('does not hold up a server that stops', async () => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const stream = await listen(house, cookie);
    await stream.ready();
    await house.app.close();
    await expect.poll(stream.isDone).toBe(true);
    expect(house.listening).toBe(0);
  });

  it('ends with the channel', async () => {
    const house = await House.build();
    const { cookie } = await house.visit();
    const stream = await listen(house, cookie);
    await stream.ready();
    await house.channel.stop();
    await expect.poll(stream.isDone).toBe(true);
  });

  it('sends strangers, and chats without a conversation, to open the page', async () => {
    const house = await House.build();
    const url = '/api/chat/stream';
    expect((await house.app.inject({ url })).statusCode).toBe(401);
    const cookie = `chat=${'e'.repeat(43)}`;
    const answer = await house.app.inject({ url, headers: { cookie } });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.message).toMatch(/tải lại/);
  });
});
