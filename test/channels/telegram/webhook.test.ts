import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createTelegramChannel } from '../../../src/channels/telegram/telegram-channel.ts';
import { defaultSecret } from '../../../src/channels/telegram/webhook.ts';
import type { Event } from '../../../src/dialogue/event.ts';
import { createServer } from '../../../src/server/server.ts';
import { PAUSES, startServer } from './lone-channel.ts';

const SECRET = 'between_us';
const TEXT = {
  update_id: 7,
  message: { message_id: 1, chat: { id: 5, type: 'private' }, text: 'xin chào' },
};

async function build(accept: (event: Event) => Promise<unknown>) {
  const bot = await startServer();
  const logged: string[] = [];
  const { channel, routes } = createTelegramChannel({
    token: bot.token,
    apiRoot: bot.root,
    webhook: { url: 'https://assistant.example.vn/webhooks/telegram', secret: SECRET },
    store: {
      keepPersonName: async () => undefined,
      getBlob: async () => null,
      conversationByChat: async () => null,
      keepShownMessage: async () => {},
      shownMessage: async () => null,
      takeLease: async () => true,
      giveBackLease: async () => undefined,
    },
    intake: { accept },
    log: pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) }),
    pauses: PAUSES,
  });
  const app: FastifyInstance = await createServer({
    config: { publicUrl: null },
    log: pino({ level: 'silent' }),
    ready: () => true,
    routes: [routes],
  });
  onTestFinished(() => app.close());
  onTestFinished(() => channel.stop());
  const post = (payload: object | string, secret: string | null = SECRET) =>
    app.inject({
      method: 'POST',
      url: '/webhooks/telegram',
      headers: {
        'content-type': 'application/json',
        ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      },
      payload,
    });
  return { bot, channel, post, logged };
}

it('answers only after the commit', async () => {
  let commit = () => {};
  const { post } = await build(() => new Promise<void>((done) => (commit = done)));
  let answered = false;
  const answer = post(TEXT).then((response) => {
    answered = true;
    return response;
  });
  await new Promise((turn) => setTimeout(turn, 100));
  expect(answered).toBe(false);
  commit();
  expect((await answer).statusCode).toBe(200);
});

it('has what was not kept delivered again', async () => {
  const { post } = await build(async () => {
    throw new Error('the disk is full');
  });
  const answer = await post(TEXT);
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
});

it('takes nothing without the secret, not even a look at the body', async () => {
  const accept = vi.fn(async () => {});
  const { post } = await build(accept);
  for (const secret of [null, '', 'wrong', `${SECRET} `]) {
    expect((await post('{ not json', secret)).statusCode).toBe(404);
  }
  expect(accept).not.toHaveBeenCalled();
});

it('takes no body beyond its limit', async () => {
  const { post } = await build(async () => {});
  const text = 'x'.repeat(300 * 1024);
  const answer = await post({ ...TEXT, message: { ...TEXT.message, text } });
  expect(answer.statusCode).toBe(413);
});

it('says yes to what it does not know, or it would come for ever', async () => {
  const accept = vi.fn(async () => {});
  const { post } = await build(accept);
  expect((await post({ update_id: 8, chat_boost: {} })).statusCode).toBe(200);
  expect((await post({ something: 'else' })).statusCode).toBe(200);
  expect(accept).not.toHaveBeenCalled();
});

it('is announced with its secret, again and again until Telegram takes it', async () => {
  const { bot, channel } = await build(async () => {});
  bot.next('setWebhook', { answers: 502, description: 'Bad Gateway' });
  await channel.start();
  await vi.waitFor(() => expect(bot.updates.webhook).not.toBeNull());
  expect(bot.updates.webhook).toMatchObject({ secret: SECRET });
});

it('that goes to another program until now is taken over, which is said, without its path', async () => {
  const { bot, channel, logged } = await build(async () => {});
  const url = 'https://elsewhere.example.vn/bot-secret-path';
  bot.updates.setWebhook({ url, secret: undefined, allowed: null });
  bot.next('setWebhook', { answers: 502, description: 'Bad Gateway' });
  await channel.start();
  await vi.waitFor(() => expect(bot.updates.webhook?.url).not.toBe(url));
  await vi.waitFor(() => expect(logged.join()).toContain('elsewhere.example.vn'));
  expect(logged.join().split('elsewhere.example.vn')).toHaveLength(2);
  expect(logged.join()).not.toContain('secret-path');
});

it("that is announced anew is nobody else's", async () => {
  const { bot, channel, logged } = await build(async () => {});
  const url = 'https://assistant.example.vn/webhooks/telegram';
  bot.updates.setWebhook({ url, secret: 'of before', allowed: null });
  await channel.start();
  await vi.waitFor(() => expect(bot.updates.webhook?.secret).toBe(SECRET));
  expect(logged).toEqual([]);
});

it('has a secret of its own for each token, which Telegram can carry', () => {
  expect(defaultSecret('123:abc')).toMatch(/^[\w-]{43}$/);
  expect(defaultSecret('123:abc')).toBe(defaultSecret('123:abc'));
  expect(defaultSecret('123:abd')).not.toBe(defaultSecret('123:abc'));
});
