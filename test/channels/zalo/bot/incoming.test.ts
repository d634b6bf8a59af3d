import { describe, expect, it, vi } from 'vitest';
import type { Event } from '../../../../src/dialogue/event.ts';
import { LoneChannel, PUBLIC_URL, SECRET, startPlatform } from './lone-channel.ts';
import { Person } from './person.ts';

const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 3_000, interval: 10 });

const from = { id: '6ede9afa66b88fe6d6a9', display_name: 'Ted', is_bot: false };
const chat = { id: '6ede9afa66b88fe6d6a9', chat_type: 'PRIVATE' };
const message = (more: object) => ({ from, chat, message_id: 'm1', date: 1750316131602, ...more });
const update = (kind: string, more: object) => ({
  event_name: `message.${kind}.received`,
  message: message(more),
});
const PHOTO = 'https://example.invalid/p.jpg';

async function house(accept: (event: Event) => Promise<unknown> = async () => {}) {
  const platform = await startPlatform();
  const webhook = { url: `${PUBLIC_URL}/webhooks/zalo-bot`, secret: SECRET };
  const lone = new LoneChannel(platform, { webhook });
  lone.accept = accept;
  const app = await lone.routes();
  const post = (payload: object | string, secret: string | null = SECRET) =>
    app.inject({
      method: 'POST',
      url: '/webhooks/zalo-bot',
      headers: {
        'content-type': 'application/json',
        ...(secret === null ? {} : { 'x-bot-api-secret-token': secret }),
      },
      payload,
    });
  return { platform, lone, post };
}

describe('an update', () => {
  const base = { channel: 'zalo-bot', chatId: chat.id };

  it.each([
    ['a text', update('text', { text: 'Xin chào' }), { type: 'text', text: 'Xin chào' }],
    [
      'a photo as documented',
      update('image', { photo: PHOTO, caption: 'ảnh' }),
      { type: 'attached', files: [{ ref: PHOTO, kind: 'photo' }], caption: 'ảnh' },
    ],
    [
      'a photo as it arrives',
      update('image', { photo_url: PHOTO }),
      { type: 'attached', files: [{ ref: PHOTO, kind: 'photo' }] },
    ],
    [
      'a photo without an address',
      update('image', {}),
      { type: 'unsupported', what: 'notArrived' },
    ],
    ['a sticker', update('sticker', { sticker: '0e' }), { type: 'unsupported', what: 'sticker' }],
    ['a voice', update('voice', { voice_url: 'x' }), { type: 'unsupported', what: 'voice' }],
    ['a file', update('unsupported', {}), { type: 'unsupported', what: 'notHandedOver' }],
  ])('tells of %s, flat or wrapped', async (_, flat, event) => {
    const { lone, post } = await house();
    expect((await post(flat)).statusCode).toBe(200);
    expect((await post({ ok: true, result: flat })).statusCode).toBe(200);
    expect(lone.events).toHaveLength(2);
    for (const one of lone.events) expect(one).toMatchObject({ ...base, ...event });
    expect(lone.events[0]?.eventId).toBe(lone.events[1]?.eventId);
  });

  it.each([
    ['without a person, whom Zalo protects', { event_name: 'message.unsupported.received' }],
    ['of a kind nobody knows', update('reaction', {})],
    ['of another bot', { ...update('text', {}), message: message({ from: { is_bot: true } }) }],
    ['of a shape nobody knows', { something: 'else' }],
    ['that is a list', [update('text', { text: 'x' })]],
  ])('%s makes no turn, and is not asked for again', async (_, payload) => {
    const { lone, post } = await house();
    expect((await post(payload)).statusCode).toBe(200);
    expect(lone.events).toEqual([]);
  });

  it('from a group gets one sentence and no turn', async () => {
    const { platform, lone, post } = await house();
    const group = new Person(platform, 'GROUP');
    const said = { chat: { id: group.chat.id, chat_type: 'GROUP' }, text: 'D12345678' };
    await post(update('text', said));
    await post(update('text', said));
    await soon(() => expect(group.heard).toHaveLength(1));
    expect(group.heard[0]?.text).toContain('trò chuyện riêng');
    expect(lone.events).toEqual([]);
  });
});

describe('the webhook', () => {
  it('answers only after the commit', async () => {
    let commit = () => {};
    const { post } = await house(() => new Promise<void>((done) => (commit = done)));
    let answered = false;
    const answer = post(update('text', { text: 'x' })).then((response) => {
      answered = true;
      return response;
    });
    await new Promise((turn) => setTimeout(turn, 100));
    expect(answered).toBe(false);
    commit();
    expect((await answer).statusCode).toBe(200);
  });

  it('says that nothing was kept when nothing was', async () => {
    const { post } = await house(async () => {
      throw new Error('the disk is full');
    });
    expect((await post(update('text', { text: 'x' }))).statusCode).toBe(503);
  });

  it('takes nothing without the secret, not even a look at the body', async () => {
    const { lone, post } = await house();
    for (const secret of [null, '', 'wrong', `${SECRET} x`]) {
      expect((await post('{ not json', secret)).statusCode).toBe(404);
    }
    expect(lone.events).toEqual([]);
  });

  it('is announced with its secret, again and again until Zalo takes it', async () => {
    const { platform, lone } = await house();
    platform.next('setWebhook', { answers: 403, description: 'Internal server error' });
    await lone.channel.start();
    await soon(() => expect(platform.updates.webhook?.secret).toBe(SECRET));
    await soon(() => expect(lone.logged.at(-1)?.msg).toBe('Zalo works again'));
  });
});

describe('a photo', () => {
  it('is fetched at once from where the update says, and from nowhere private', async () => {
    const platform = await startPlatform();
    const lone = new LoneChannel(platform);
    const bytes = Buffer.from('ffd8ffe0', 'hex');
    const own = platform.keepPhoto(bytes);
    expect(await lone.channel.fetchFile?.(own)).toEqual({ as: 'bytes', bytes });
    const other = await startPlatform();
    const elsewhere = other.keepPhoto(bytes);
    expect((await lone.channel.fetchFile?.(elsewhere))?.as).toBe('gone');
    expect((await lone.channel.fetchFile?.('https://169.254.169.254/x'))?.as).toBe('gone');
    const huge = platform.keepPhoto(bytes, 21 * 1024 * 1024);
    expect(await lone.channel.fetchFile?.(huge)).toEqual({ as: 'tooLarge' });
  });
});
