import { describe, expect, it } from 'vitest';
import { LoneChannel, PUBLIC_URL, shown, startPlatform } from './lone-channel.ts';
import { Person } from './person.ts';

const choices = [
  { token: 'f1.network.0.lan', label: 'Mạng LAN' },
  { token: 'f1.network.0.other', label: 'Mạng khác' },
];

async function scene() {
  const platform = await startPlatform();
  const minh = new Person(platform);
  const lone = new LoneChannel(platform);
  const texts = () => minh.heard.map(({ text }) => text);
  return { platform, minh, lone, texts };
}

describe('choices without buttons', () => {
  it('have the numbers by which a typed number picks them', async () => {
    const { minh, lone, texts } = await scene();
    lone.offered = choices.map(({ token }) => token);
    const step = { at: 1, of: 6 };
    await lone.channel.deliver(lone.due(minh.chat.id), shown('Mạng nào ạ?', { choices, step }));
    expect(texts()).toEqual([
      'Mạng nào ạ?\n\n1. Mạng LAN\n2. Mạng khác\n👉 Anh/chị gõ số để chọn.\n\nBước 1/6',
    ]);
  });

  it('are named where a number means another question', async () => {
    const { minh, lone, texts } = await scene();
    lone.offered = ['f1.consent.0.yes'];
    await lone.channel.deliver(lone.due(minh.chat.id), shown('Tin mới', { choices }));
    expect(texts()).toEqual(['Tin mới\n\n👉 Anh/chị cũng có thể gõ: “Mạng LAN”, “Mạng khác”.']);
  });
});

describe('a text', () => {
  it('is composed and split at 2,000 characters, which Zalo refuses to exceed', async () => {
    const { minh, lone, texts } = await scene();
    const sentence = 'Giá trị phải được giữ nguyên vẹn. ';
    const text = sentence.repeat(150).trim();
    const due = lone.due(minh.chat.id, { name: 'Lan', text });
    expect(await lone.channel.deliver(due, shown(text.normalize('NFD')))).toEqual({ as: 'sent' });
    expect(texts().join(' ')).toBe(`Lan:\n${text}`);
    expect(texts().map(({ length }) => length <= 2_000)).not.toContain(false);
  });

  it('goes on behind the messages that went out when a later one fails, with the same link', async () => {
    const { platform, minh, lone, texts } = await scene();
    const due = lone.due(minh.chat.id);
    const long = shown(`${'a'.repeat(1_500)}\n\n${'b'.repeat(1_500)}`, { takesFiles: true });
    lone.language = 'en';
    platform.next('sendMessage', { answers: 403, description: 'Internal server error' });
    expect((await lone.channel.deliver(due, long)).as).toBe('transient');
    const [once] = [await lone.channel.deliver(due, long)];
    expect(once).toEqual({ as: 'sent' });
    expect(texts().map((text) => text[0])).toEqual(['a', 'b']);
    expect(texts()[1]).toContain(`(works once, for 30 minutes): ${PUBLIC_URL}/u/`);
    expect(lone.links).toBe(1);
  });
});

describe('drawings', () => {
  const pictures = (['sadp-get', 'sadp-export'] as const).map((name) => ({ name, alt: name }));

  it('go out by an address that Zalo can fetch as often as it likes', async () => {
    const { platform, minh, lone } = await scene();
    const app = await lone.routes();
    platform.updates.addresses.set(PUBLIC_URL, await app.listen({ host: '127.0.0.1', port: 0 }));
    await lone.channel.deliver(lone.due(minh.chat.id), shown('Làm thế này', { pictures }));
    expect(minh.heard.map(({ text, photo }) => [text, photo !== null])).toEqual([
      ['sadp-get', true],
      ['sadp-export', true],
      ['Làm thế này', false],
    ]);
    expect(lone.complaints).toEqual([]);
  });

  it('are of that address alone, and for a day', async () => {
    let now = 1_000_000;
    const platform = await startPlatform();
    const minh = new Person(platform);
    const lone = new LoneChannel(platform, { now: () => now });
    const app = await lone.routes();
    platform.next('sendPhoto', { answers: 200, description: '' });
    await lone.channel.deliver(lone.due(minh.chat.id), shown('x', { pictures: pictures.slice(1) }));
    const sent = platform.calls.find(({ method }) => method === 'sendPhoto')?.fields.photo;
    const path = new URL(String(sent)).pathname;
    const get = async (url: string) => (await app.inject({ url })).statusCode;
    expect(await get(path)).toBe(200);
    expect(await get(path.replace('sadp-export', 'sadp-get'))).toBe(404);
    expect(await get(path.replace('sadp-export.vi.png', '..%2f..%2fpackage.json'))).toBe(404);
    expect(await get(path.replace(/\/\d+\//, '/9999999999999/'))).toBe(404);
    now += 24 * 60 * 60_000 + 1;
    expect(await get(path)).toBe(404);
  });

  it('are left out when Zalo refuses them, or when there is no public address', async () => {
    const { platform, minh, lone, texts } = await scene();
    platform.next('sendPhoto', { answers: 400, description: 'Bad Request: photo is invalid' });
    platform.next('sendPhoto', { answers: 400, description: 'Bad Request: photo is invalid' });
    expect((await lone.channel.deliver(lone.due(minh.chat.id), shown('a', { pictures }))).as).toBe(
      'sent',
    );
    const inside = new LoneChannel(platform, { publicUrl: null });
    await inside.channel.deliver(inside.due(minh.chat.id), shown('b', { pictures }));
    expect(texts()).toEqual(['a', 'b']);
    expect(platform.calls.filter(({ method }) => method === 'sendPhoto')).toHaveLength(2);
  });
});

describe('a delivery', () => {
  it.each([
    { mishap: { answers: 404, description: 'Not Found' }, as: 'unreachable' },
    { mishap: { answers: 400, description: 'Bad Request: text is invalid' }, as: 'permanent' },
    { mishap: { answers: 400, description: 'Bad Request: chat not found' }, as: 'unreachable' },
    { mishap: { answers: 401, description: 'Unauthorized' }, as: 'transient' },
    { mishap: { answers: 403, description: 'Internal server error' }, as: 'transient' },
    { mishap: { answers: 408, description: 'Request timeout' }, as: 'ambiguous' },
    { mishap: { answers: 429, description: 'Quota exceeded' }, as: 'transient' },
    { mishap: { page: 404 }, as: 'transient' },
    { mishap: { page: 502 }, as: 'transient' },
    { mishap: { page: 200 }, as: 'ambiguous' },
    { mishap: { breaks: 'after' as const }, as: 'ambiguous' },
  ])('is $as after $mishap', async ({ mishap, as }) => {
    const { platform, minh, lone } = await scene();
    platform.next('sendMessage', mishap);
    const delivery = await lone.channel.deliver(lone.due(minh.chat.id), shown('bí mật'));
    expect(delivery.as).toBe(as);
    const told = JSON.stringify(delivery);
    for (const hidden of ['bí mật', platform.token, '/bot']) expect(told).not.toContain(hidden);
  });

  it('waits as long as Zalo says, where it says so', async () => {
    const platform = await startPlatform();
    const minh = new Person(platform);
    const lone = new LoneChannel(platform, { now: () => 1_000_000 });
    platform.next('sendMessage', { answers: 429, description: 'Quota', retryAfter: 7 });
    const delivery = await lone.channel.deliver(lone.due(minh.chat.id), shown('x'));
    expect(delivery).toMatchObject({ as: 'transient', at: 1_007_000 });
  });

  it('is transient while nobody listens, and does not name the token', async () => {
    const platform = await startPlatform();
    const lone = new LoneChannel(platform);
    await platform.stop();
    const delivery = await lone.channel.deliver(lone.due('x'), shown('x'));
    expect(delivery.as).toBe('transient');
    expect(JSON.stringify(delivery)).not.toContain(platform.token.split(':')[1]);
  });
});
