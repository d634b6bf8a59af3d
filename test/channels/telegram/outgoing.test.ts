import { describe, expect, it } from 'vitest';
import { splitText } from '../../../src/channels/split-text.ts';
import { LoneChannel, shown, startServer } from './lone-channel.ts';
import { Person } from './person.ts';

const choice = (token: string, label: string) => ({ token, label });

describe('a text that is too long for one message', () => {
  it('is cut between paragraphs, lines, sentences or words', () => {
    const text = 'Một câu. Hai câu.\n\nBa câu. Bốn câu.';
    expect(splitText(text, 25)).toEqual(['Một câu. Hai câu.', 'Ba câu. Bốn câu.']);
    expect(splitText('Một câu dài. Hai câu ngắn', 20)).toEqual(['Một câu dài.', 'Hai câu ngắn']);
    expect(splitText('ngắn', 20)).toEqual(['ngắn']);
  });

  it('is never cut within a character', () => {
    for (const sign of ['😀', '👩‍🔧', 'ế'.normalize('NFD')]) {
      const pieces = splitText(sign.repeat(60), 25);
      expect(pieces.join('')).toBe(sign.repeat(60));
      for (const piece of pieces) expect(piece.length % sign.length).toBe(0);
    }
  });
});

describe('what goes out', () => {
  it('keeps within the limits of Telegram, which refuses the rest', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server);
    const agent = { name: 'Lan & <Hoa>', text: 'x' };
    const delivery = await lone.channel.deliver(
      lone.due(minh.chat.id, agent),
      shown('<'.repeat(9_000), {
        choices: [choice('f1.network.0.lan', 'Mạng LAN'), choice('-.human.0.-', 'Gặp nhân viên')],
        step: { at: 2, of: 6 },
      }),
    );
    expect(delivery).toEqual({ as: 'sent' });
    expect(minh.heard.map(({ text }) => text.length)).toEqual([12 + 3899, 3899, 1202 + 10]);
    expect(minh.heard[0]?.text).toMatch(/^Lan & <Hoa>\n<</);
    expect(minh.heard[2]?.text).toMatch(/<\n\nBước 2\/6$/);
    expect(minh.heard.map(({ keyboard }) => keyboard !== null)).toEqual([false, false, true]);
  });

  it('puts short buttons beside each other and long ones below', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server);
    const choices = ['Có', 'Không', 'Gặp nhân viên giúp tôi', 'Hủy'].map((label, index) =>
      choice(`f1.x.0.${index}`, label),
    );
    await lone.channel.deliver(lone.due(minh.chat.id), shown('?', { choices }));
    const rows = minh.heard[0]?.keyboard?.inline_keyboard.map((row) => row.map((b) => b.text));
    expect(rows).toEqual([['Có', 'Không'], ['Gặp nhân viên giúp tôi'], ['Hủy']]);
  });

  it('goes on behind the messages that went out when a later one fails', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server);
    const due = lone.due(minh.chat.id);
    const text = `${'a'.repeat(3_000)}\n\n${'b'.repeat(3_000)}`;
    const broken = { answers: 500, description: 'Internal Server Error' };
    server.next('sendMessage', { answers: 200, description: '' });
    server.next('sendMessage', broken);
    await lone.channel.deliver(due, shown(text));
    await lone.channel.deliver(due, shown(text));
    const first = await lone.channel.deliver(due, shown(text));
    expect(first).toEqual({ as: 'sent' });
    expect(minh.heard.map(({ text: said }) => said[0])).toEqual(['a', 'b']);
  });

  it('shows drawings with their description, as an album, and uploads each once', async () => {
    const server = await startServer();
    const [minh, lan] = [new Person(server), new Person(server)];
    const lone = new LoneChannel(server);
    const pictures = (['sadp-get', 'sadp-export'] as const).map((name) => ({ name, alt: name }));
    for (const { chat } of [minh, lan]) {
      await lone.channel.deliver(lone.due(chat.id), shown('Làm thế này', { pictures }));
    }
    expect(minh.heard.map(({ text, picture }) => [text, picture])).toEqual([
      ['sadp-get', true],
      ['sadp-export', true],
      ['Làm thế này', false],
    ]);
    expect(lan.heard).toHaveLength(3);
    expect(server.files.size).toBe(2);
  });

  it('says its text although the drawings are refused', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server);
    server.next('sendPhoto', { answers: 400, description: 'Bad Request: PHOTO_INVALID' });
    const pictures = [{ name: 'label-where' as const, alt: 'Hình' }];
    const delivery = await lone.channel.deliver(lone.due(minh.chat.id), shown('Tem', { pictures }));
    expect(delivery).toEqual({ as: 'sent' });
    expect(minh.heard.map(({ text }) => text)).toEqual(['Tem']);
  });

  it('holds a chat back as long as Telegram says, without asking, and no other', async () => {
    const server = await startServer();
    const [minh, lan] = [new Person(server), new Person(server)];
    let now = 1_000_000;
    const lone = new LoneChannel(server, { now: () => now });
    const slow = { answers: 429, description: 'Too Many Requests', retryAfter: 7 };
    server.next('sendMessage', slow, minh.chat.id);
    const wanted = { as: 'transient', at: 1_007_000 };
    expect(await lone.channel.deliver(lone.due(minh.chat.id), shown('a'))).toMatchObject(wanted);
    expect(await lone.channel.deliver(lone.due(minh.chat.id), shown('b'))).toMatchObject(wanted);
    expect(await lone.channel.deliver(lone.due(lan.chat.id), shown('c'))).toEqual({ as: 'sent' });
    expect(server.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(2);
    now = 1_007_000;
    expect(await lone.channel.deliver(lone.due(minh.chat.id), shown('a'))).toEqual({ as: 'sent' });
  });

  it.each([
    {
      mishap: { answers: 403, description: 'Forbidden: bot was blocked by the user' },
      as: 'unreachable',
    },
    { mishap: { answers: 400, description: 'Bad Request: chat not found' }, as: 'unreachable' },
    { mishap: { answers: 400, description: 'Bad Request: whatever' }, as: 'permanent' },
    { mishap: { answers: 429, description: 'Too Many Requests' }, as: 'transient' },
    { mishap: { answers: 401, description: 'Unauthorized' }, as: 'transient' },
    { mishap: { answers: 502, description: 'Bad Gateway' }, as: 'transient' },
    { mishap: { breaks: 'after' as const }, as: 'ambiguous' },
  ])('is $as after $mishap', async ({ mishap, as }) => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server);
    server.next('sendMessage', mishap);
    const delivery = await lone.channel.deliver(lone.due(minh.chat.id), shown('bí mật'));
    expect(delivery.as).toBe(as);
    expect(JSON.stringify(delivery)).not.toMatch(/bí mật|:AA|\/bot/);
  });

  it('is transient while nobody listens', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server, { apiRoot: 'http://127.0.0.1:1' });
    const delivery = await lone.channel.deliver(lone.due(minh.chat.id), shown('x'));
    expect(delivery.as).toBe('transient');
    expect(JSON.stringify(delivery)).not.toContain(server.token.split(':')[1]);
  });
});

describe('progress', () => {
  const progress = 'f1r1';

  it('is one message that changes', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server);
    await lone.channel.deliver(lone.due(minh.chat.id), shown('Em đang xem…', { progress }));
    await lone.channel.deliver(
      lone.due(minh.chat.id),
      shown('Đã thấy D12345678', { progress, choices: [choice('f1.serial.1.yes', 'Đúng rồi')] }),
    );
    expect(minh.heard).toHaveLength(1);
    expect(minh.heard[0]).toMatchObject({ text: 'Đã thấy D12345678', edits: 1 });
    expect(minh.heard[0]?.keyboard).not.toBeNull();
  });

  it('is found again by another process', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const before = new LoneChannel(server);
    await before.channel.deliver(before.due(minh.chat.id), shown('Em đang xem…', { progress }));
    const after = new LoneChannel(server);
    for (const [key, id] of before.shownMessages) after.shownMessages.set(key, id);
    await after.channel.deliver(after.due(minh.chat.id), shown('Đã thấy', { progress }));
    expect(minh.heard.map(({ text }) => text)).toEqual(['Đã thấy']);
  });

  it('is a new message when something stands under the old one, or the old one is gone', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server);
    await lone.channel.deliver(lone.due(minh.chat.id), shown('Em đang xem…', { progress }));
    await lone.channel.deliver(lone.due(minh.chat.id), shown('Tin khác'));
    await lone.channel.deliver(lone.due(minh.chat.id), shown('Đã thấy', { progress }));
    expect(minh.heard.map(({ text }) => text)).toEqual(['Em đang xem…', 'Tin khác', 'Đã thấy']);
    minh.chat.messages.pop();
    await lone.channel.deliver(lone.due(minh.chat.id), shown('Đã thấy lại', { progress }));
    expect(minh.heard.at(-1)).toMatchObject({ text: 'Đã thấy lại', edits: 0 });
  });

  it('is not sent twice when it says the same', async () => {
    const server = await startServer();
    const minh = new Person(server);
    const lone = new LoneChannel(server);
    for (let i = 0; i < 2; i += 1) {
      const due = lone.due(minh.chat.id);
      expect(await lone.channel.deliver(due, shown('Em đang xem…', { progress }))).toEqual({
        as: 'sent',
      });
    }
    expect(minh.heard).toHaveLength(1);
  });
});
