import { describe, expect, it } from 'vitest';
import { startPlatform } from '../lone-channel.ts';
import { Person } from '../person.ts';
import type { BotPlatform } from './bot-platform.ts';

interface Answer {
  ok: boolean;
  error_code?: number;
  result?: { url?: string; event_name?: string };
}

async function call(
  { root, token: own }: BotPlatform,
  method: string,
  fields: object,
  token = own,
): Promise<{ status: number; code: number | null; result: Answer['result'] }> {
  const response = await fetch(`${root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
  const { ok, error_code: code, result } = (await response.json()) as Answer;
  return { status: response.status, code: ok ? null : (code ?? 0), result };
}

const code = async (...input: Parameters<typeof call>) => (await call(...input)).code;

// The tests of the channel are worth what this server refuses.
describe('the Bot Platform of the tests', () => {
  it.each([
    ['a text of 2,001', { text: 'x'.repeat(2_001) }],
    ['an empty text', { text: ' ' }],
    ['half a character', { text: 'a\ud83d' }],
    ['decomposed Vietnamese', { text: 'ế'.normalize('NFD') }],
    ['a keyboard', { text: 'a', reply_markup: { inline_keyboard: [] } }],
  ])('refuses %s, under HTTP 200', async (_, fields) => {
    const platform = await startPlatform();
    const { chat } = new Person(platform);
    const answer = await call(platform, 'sendMessage', { chat_id: chat.id, ...fields });
    expect(answer).toMatchObject({ status: 200, code: 400 });
    expect(chat.messages).toEqual([]);
  });

  it('takes what is just within the limits', async () => {
    const platform = await startPlatform();
    const { chat } = new Person(platform);
    const fields = { chat_id: chat.id, text: 'ế'.repeat(2_000) };
    expect(await code(platform, 'sendMessage', fields)).toBeNull();
  });

  it('refuses a wrong token, a person who is not there, and a method that is not', async () => {
    const platform = await startPlatform();
    const fields = { chat_id: 'nobody', text: 'a' };
    expect(await code(platform, 'getMe', {}, '1:wrong')).toBe(401);
    expect(await code(platform, 'sendMessage', fields)).toBe(404);
    expect(await code(platform, 'sendDocument', fields)).toBe(404);
  });

  it('refuses a photo that it cannot look at', async () => {
    const platform = await startPlatform();
    const { chat } = new Person(platform);
    for (const photo of ['http://example.vn/x.png', 'https://nowhere.invalid/x.png', 'upload']) {
      expect(await code(platform, 'sendPhoto', { chat_id: chat.id, photo })).toBe(400);
    }
  });

  it('hands over one update a poll, never again, and says 408 when there is none', async () => {
    const platform = await startPlatform();
    const minh = new Person(platform);
    minh.writes('một');
    minh.writes('hai');
    for (let i = 0; i < 2; i += 1) {
      const { result } = await call(platform, 'getUpdates', { timeout: '0' });
      expect(result?.event_name).toBe('message.text.received');
    }
    expect(await code(platform, 'getUpdates', { timeout: '0' })).toBe(408);
    expect(await code(platform, 'getUpdates', { timeout: '0', offset: 1 })).toBe(400);
  });

  it('is silent towards polls while a webhook is set, and takes only a safe one', async () => {
    const platform = await startPlatform();
    const url = 'https://nowhere.invalid/x';
    const set = (fields: object) => code(platform, 'setWebhook', fields);
    expect(await set({ url: 'http://example.vn/x', secret_token: '12345678' })).toBe(400);
    expect(await set({ url, secret_token: '1234567' })).toBe(400);
    expect(await set({ url, secret_token: '12345678' })).toBeNull();
    new Person(platform).writes('một');
    expect(await code(platform, 'getUpdates', { timeout: '0' })).toBe(408);
    expect((await call(platform, 'getWebhookInfo', {})).result?.url).toBe(url);
    await call(platform, 'deleteWebhook', {});
    expect(await code(platform, 'getUpdates', { timeout: '0' })).toBeNull();
  });
});
