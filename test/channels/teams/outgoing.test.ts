import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagesOf, weightOf } from '../../../src/channels/teams/messages.ts';
import { plainPicture } from '../../pictures/index.ts';
import { actionsOf } from './bot-connector/chat.ts';
import { ConnectorServer } from './bot-connector/connector-server.ts';
import { CardSchema } from './bot-connector/rules.ts';
import { LoneChannel, shown, startServer } from './lone-channel.ts';
import { Person } from './person.ts';

const choice = (token: string, label: string) => ({ token, label });

async function build(more: ConstructorParameters<typeof LoneChannel>[1] = {}) {
  const server = await startServer();
  const lone = new LoneChannel(server, more);
  const [minh, lan] = [new Person(server), new Person(server)];
  for (const person of [minh, lan]) lone.knows(person);
  return { server, lone, minh, lan };
}

describe('what goes out', () => {
  it('is a plain text, or a card with its buttons, labelled lines, author and step', async () => {
    const { lone, minh } = await build();
    await lone.channel.deliver(lone.due(minh), shown('Dạ *vâng* _ạ_ <b>'));
    const agent = { name: 'Lan & Hoa', text: 'x' };
    await lone.channel.deliver(
      lone.due(minh, agent),
      shown('Kiểm tra giúp em:\n• Số seri: D12345678\n\n*Đúng* chưa ạ?', {
        choices: [
          { ...choice('f1.review.3.submit', 'Gửi'), style: 'primary' },
          { ...choice('-.cancel.0.-', 'Hủy'), style: 'danger' },
        ],
        step: { at: 6, of: 6 },
      }),
    );
    expect(minh.heard.map(({ text }) => text)).toEqual([
      'Dạ *vâng* _ạ_ <b>',
      'Lan & Hoa\nKiểm tra giúp em:\n• Số seri: D12345678\n*Đúng* chưa ạ?\nBước 6/6',
    ]);
    const [plain, card] = minh.heard;
    expect(plain?.card).toBeNull();
    expect(card && actionsOf(card)).toMatchObject([
      { title: 'Gửi', style: 'positive', data: { token: 'f1.review.3.submit', line: 7 } },
      { title: 'Hủy', style: 'destructive' },
    ]);
  });

  it('shows more buttons than Teams has in a row', async () => {
    const { lone, minh } = await build();
    const choices = Array.from({ length: 9 }, (_, n) => choice(`f1.x.0.${n}`, `Thiết bị ${n}`));
    await lone.channel.deliver(lone.due(minh), shown('Thiết bị nào ạ?', { choices }));
    expect(minh.heard.flatMap(actionsOf)).toHaveLength(9);
  });

  it("shows an agent's photo with their name and words, or the words when the photo is gone", async () => {
    const { lone, minh } = await build();
    const bytes = await plainPicture();
    lone.photos.set('p1', { bytes, mime: 'image/jpeg' });
    const said = { name: 'Lan', text: 'Chụp như thế này ạ' };
    await lone.channel.deliver(lone.due(minh, { ...said, photo: 'p1' }), shown(said.text));
    await lone.channel.deliver(lone.due(minh, { ...said, photo: 'gone' }), shown(said.text));
    expect(minh.heard.map(({ text, pictures }) => [text, pictures])).toEqual([
      ['Lan: Chụp như thế này ạ', 1],
      ['Lan: Chụp như thế này ạ', 0],
    ]);
  });

  it('shows drawings with their description, before the text', async () => {
    const { lone, minh } = await build();
    const pictures = (['sadp-get', 'sadp-export'] as const).map((name) => ({ name, alt: name }));
    await lone.channel.deliver(lone.due(minh), shown('Làm thế này', { pictures }));
    expect(minh.heard.map(({ text, pictures: count }) => [text, count])).toEqual([
      ['', 2],
      ['Làm thế này', 0],
    ]);
  });

  it('says its text although the drawings are refused', async () => {
    const { server, lone, minh } = await build();
    server.next(minh.chat.id, { answers: 413, code: 'MessageSizeTooBig' });
    const pictures = [{ name: 'label-where' as const, alt: 'Hình' }];
    const delivery = await lone.channel.deliver(lone.due(minh), shown('Tem', { pictures }));
    expect(delivery).toEqual({ as: 'sent' });
    expect(minh.heard.map(({ text }) => text)).toEqual(['Tem']);
  });

  it('keeps within the size that Teams takes, whatever it says, and loses none of it', () => {
    const line = fc.stringMatching(/^[a-zA-Z0-9 .•:*<>]{0,30}$/);
    const text = fc.array(line, { minLength: 1, maxLength: 4_000, size: 'max' });
    fc.assert(
      fc.property(text, fc.boolean(), (lines, bare) => {
        const said = lines.join('\n').slice(0, 16_000);
        fc.pre(said.trim() !== '');
        const choices = bare ? [] : [choice('f1.x.0.y', 'Gửi')];
        const messages = messagesOf({ shown: shown(said, { choices }), language: 'vi', line: 1 });
        for (const message of messages) expect(weightOf(message)).toBeLessThan(100 * 1024);
        const cards = messages.map(({ text: plain, attachments }) =>
          plain === undefined ? CardSchema.parse(attachments?.[0]?.content) : plain,
        );
        const all = JSON.stringify(cards).replace(/\\n/g, '');
        for (const word of said.split(/\s+/)) expect(all).toContain(word);
      }),
      { numRuns: 40 },
    );
  });

  it('goes on behind the messages that went out when a later one fails', async () => {
    const { server, lone, minh } = await build();
    const due = lone.due(minh);
    const text = `${'a'.repeat(6_000)}\n\n${'b'.repeat(6_000)}`;
    const pictures = [{ name: 'label-where' as const, alt: 'Hình' }];
    server.next(minh.chat.id, { answers: 502, code: 'BadGateway' });
    const first = await lone.channel.deliver(due, shown(text, { pictures }));
    expect(first).toMatchObject({ as: 'transient' });
    server.next(minh.chat.id, { breaks: 'after' });
    const second = await lone.channel.deliver(due, shown(text, { pictures }));
    expect(second).toMatchObject({ as: 'ambiguous' });
    expect(await lone.channel.deliver(due, shown(text, { pictures }))).toEqual({ as: 'sent' });
    expect(minh.heard.map(({ text: said }) => said[0])).toEqual([undefined, undefined, 'a', 'b']);
  });
});

describe('trouble', () => {
  it('holds a chat back as long as Teams says, without asking, and no other', async () => {
    let now = 1_000_000;
    const { server, lone, minh, lan } = await build({ now: () => now });
    server.next(minh.chat.id, { answers: 429, code: 'TooManyRequests', retryAfter: 7 });
    const wanted = { as: 'transient', at: 1_007_000 };
    expect(await lone.channel.deliver(lone.due(minh), shown('a'))).toMatchObject(wanted);
    expect(await lone.channel.deliver(lone.due(minh), shown('b'))).toMatchObject(wanted);
    expect(await lone.channel.deliver(lone.due(lan), shown('c'))).toEqual({ as: 'sent' });
    expect(server.calls).toHaveLength(2);
    now = 1_007_000;
    expect(await lone.channel.deliver(lone.due(minh), shown('a'))).toEqual({ as: 'sent' });
  });

  it.each([
    { mishap: { answers: 403, code: 'MessageWritesBlocked' }, as: 'unreachable' },
    { mishap: { answers: 404, code: 'ConversationNotFound' }, as: 'unreachable' },
    { mishap: { answers: 400, code: 'BadSyntax' }, as: 'permanent' },
    { mishap: { answers: 413, code: 'MessageSizeTooBig' }, as: 'permanent' },
    { mishap: { answers: 429, code: 'TooManyRequests' }, as: 'transient' },
    { mishap: { answers: 401, code: 'Unauthorized' }, as: 'transient' },
    { mishap: { answers: 412, code: 'PreconditionFailed' }, as: 'transient' },
    { mishap: { answers: 502, code: 'BadGateway' }, as: 'transient' },
    { mishap: { answers: 504, code: 'GatewayTimeout' }, as: 'transient' },
    { mishap: { breaks: 'before' as const }, as: 'ambiguous' },
    { mishap: { breaks: 'after' as const }, as: 'ambiguous' },
    { mishap: { breaks: 'never' as const }, as: 'ambiguous' },
  ])('is $as after $mishap, which was asked once', async ({ mishap, as }) => {
    const { server, lone, minh } = await build({
      pauses: { call: 400, download: 400, webhook: 400 },
    });
    server.next(minh.chat.id, mishap);
    const delivery = await lone.channel.deliver(lone.due(minh), shown('bí mật'));
    expect(delivery.as).toBe(as);
    expect(server.calls).toHaveLength(1);
    expect(JSON.stringify([delivery, lone.logged])).not.toMatch(/bí mật|Bearer|127\.0\.0\.1/);
  });

  it('with one service does not slow what goes out by another', async () => {
    const { lone, minh, lan } = await build({
      pauses: { call: 3_000, download: 400, webhook: 400 },
    });
    const dead = await startServer();
    const stuck = new Person(dead);
    lone.knows(stuck, { serviceUrl: dead.serviceUrl });
    dead.next(stuck.chat.id, { breaks: 'never' });
    let ended = false;
    const late = lone.channel.deliver(lone.due(stuck), shown('a')).then((delivery) => {
      ended = true;
      return delivery;
    });
    for (const person of [minh, lan]) {
      expect(await lone.channel.deliver(lone.due(person), shown('b'))).toEqual({ as: 'sent' });
    }
    expect(ended).toBe(false);
    expect(await late).toMatchObject({ as: 'ambiguous' });
  });

  it('is transient while nobody listens, and permanent where nothing may be sent', async () => {
    const { lone, minh, lan } = await build();
    const gone = await ConnectorServer.start();
    lone.knows(minh, { serviceUrl: gone.serviceUrl });
    await gone.stop();
    expect(await lone.channel.deliver(lone.due(minh), shown('x'))).toMatchObject({
      as: 'transient',
    });
    lone.knows(lan, { serviceUrl: 'https://evil.example/' });
    expect(await lone.channel.deliver(lone.due(lan), shown('x'))).toMatchObject({
      as: 'permanent',
    });
    lone.addresses.clear();
    expect(await lone.channel.deliver(lone.due(lan), shown('x'))).toMatchObject({
      as: 'permanent',
    });
  });

  it('with the sign-in is told to the operator once', async () => {
    const server = await startServer();
    const right = {
      as: 'singleTenant',
      password: server.identity.password,
      tenantId: server.identity.tenantId,
    } as const;
    const signIn = { ...right, password: 'a~secret~that~was~replaced' };
    const minh = new Person(server);
    const lone = new LoneChannel(server, { signIn });
    lone.knows(minh);
    for (let tries = 0; tries < 2; tries += 1) {
      const delivery = await lone.channel.deliver(lone.due(minh), shown('x'));
      expect(delivery).toMatchObject({ as: 'transient', why: expect.stringContaining('token') });
    }
    expect(lone.complaints).toEqual([expect.stringContaining('TEAMS_APP_PASSWORD')]);
    expect(JSON.stringify(lone.logged)).not.toContain(signIn.password);
  });

  it('with a token that Teams takes no more is over with a new one', async () => {
    const { server, lone, minh } = await build();
    await lone.channel.deliver(lone.due(minh), shown('a'));
    server.identity.given.clear();
    expect(await lone.channel.deliver(lone.due(minh), shown('b'))).toMatchObject({
      as: 'transient',
    });
    expect(await lone.channel.deliver(lone.due(minh), shown('b'))).toEqual({ as: 'sent' });
  });
});
