import { describe, expect, it } from 'vitest';
import { startServer } from '../lone-channel.ts';
import { Person } from '../person.ts';
import type { BotServer } from './bot-server.ts';

async function call(server: BotServer, method: string, fields: unknown, token = server.token) {
  const response = await fetch(`${server.root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
  const { ok, description = '' } = (await response.json()) as { ok: boolean; description?: string };
  return ok ? 'ok' : `${response.status} ${description}`;
}

const keyboard = (data: string) => ({ inline_keyboard: [[{ text: 'a', callback_data: data }]] });

// The tests of the channel are worth what this server refuses.
describe('the Bot API server of the tests', () => {
  it.each([
    ['a text of 4097', { text: 'x'.repeat(4_097) }, 'message is too long'],
    ['an empty text', { text: ' ' }, 'message text is empty'],
    ['half a character', { text: 'a\ud83d' }, 'UTF-8'],
    [
      '65 bytes behind a button',
      { text: 'a', reply_markup: keyboard('ế'.repeat(22)) },
      'BUTTON_DATA',
    ],
    ['nothing behind a button', { text: 'a', reply_markup: keyboard('') }, 'BUTTON_DATA'],
    ['an unknown tag', { text: '<x>', parse_mode: 'HTML' }, "can't parse entities"],
    ['a tag that stays open', { text: '<b>a', parse_mode: 'HTML' }, "can't parse entities"],
    ['a bare bracket', { text: '1 < 2', parse_mode: 'HTML' }, "can't parse entities"],
  ])('refuses %s', async (_, fields, why) => {
    const server = await startServer();
    const { chat } = new Person(server);
    const answer = await call(server, 'sendMessage', { chat_id: chat.id, ...fields });
    expect(answer).toContain(`400 Bad Request`);
    expect(answer).toContain(why);
  });

  it('takes what is just within the limits', async () => {
    const server = await startServer();
    const { chat } = new Person(server);
    const fields = {
      chat_id: chat.id,
      text: `<b>${'&lt;'.repeat(4_096)}</b>`,
      parse_mode: 'HTML',
      reply_markup: keyboard('x'.repeat(64)),
    };
    expect(await call(server, 'sendMessage', fields)).toBe('ok');
  });

  it('refuses an edit that changes nothing, and a wrong token', async () => {
    const server = await startServer();
    const { chat } = new Person(server);
    await call(server, 'sendMessage', { chat_id: chat.id, text: 'a' });
    const edit = { chat_id: chat.id, message_id: chat.messages[0]?.id };
    expect(await call(server, 'editMessageText', { ...edit, text: 'a' })).toContain('not modified');
    expect(await call(server, 'editMessageText', { ...edit, text: 'b' })).toBe('ok');
    expect(await call(server, 'getMe', {}, '1:wrong')).toBe('401 Unauthorized');
  });

  it('ends a poll when a second one comes, and polls not at all beside a webhook', async () => {
    const server = await startServer();
    const first = call(server, 'getUpdates', { timeout: 5 });
    await new Promise((turn) => setTimeout(turn, 50));
    const second = call(server, 'getUpdates', { timeout: 5 });
    expect(await first).toContain('409 Conflict');
    new Person(server).writes('x');
    expect(await second).toBe('ok');
    const plain = { url: 'http://example.vn/x' };
    expect(await call(server, 'setWebhook', plain)).toContain('HTTPS');
    expect(await call(server, 'setWebhook', { url: 'https://example.vn:8444/x' })).toContain(
      'ports',
    );
    expect(await call(server, 'setWebhook', { url: 'https://example.vn/x' })).toBe('ok');
    expect(await call(server, 'getUpdates', {})).toContain('409 Conflict');
  });
});
