import { describe, expect, it, vi } from 'vitest';
import { readAddress } from '../../../src/channels/teams/address.ts';
import { sadpA } from '../../conversations/strings.ts';
import { actionsOf } from './bot-connector/chat.ts';
import { LoneChannel, startServer } from './lone-channel.ts';
import { Person } from './person.ts';

async function build() {
  const server = await startServer();
  const lone = new LoneChannel(server);
  await lone.listen();
  return { server, lone, minh: new Person(server) };
}

describe('where a chat is reached', () => {
  it('is kept before the turn is, and once while it stays the same', async () => {
    const { server, lone, minh } = await build();
    const kept: boolean[] = [];
    lone.accept = async () => void kept.push(lone.addresses.has(minh.chat.id));
    await minh.writes('xin chào');
    expect(kept).toEqual([true]);
    expect(readAddress(lone.addresses.get(minh.chat.id) ?? '')).toEqual({
      serviceUrl: server.serviceUrl,
      channelId: 'msteams',
      conversationId: minh.chat.id,
      tenantId: server.identity.tenantId,
      botId: server.botId,
      userId: expect.stringMatching(/^29:/),
    });
    lone.addresses.clear();
    await minh.writes('mạng khác');
    expect(lone.addresses.size).toBe(0);
  });
});

describe('what somebody does in a personal chat', () => {
  it('opens the conversation in their language, once the app is installed', async () => {
    const { server, lone } = await build();
    await new Person(server, 'en').starts();
    await new Person(server, 'vi').starts();
    expect(lone.events).toMatchObject([
      { type: 'opened', language: 'en' },
      { type: 'opened', language: 'vi' },
    ]);
  });

  it('is a text, and an edit of it', async () => {
    const { lone, minh } = await build();
    const id = await minh.writes('D12345687');
    await minh.edits(id, 'D12345678');
    expect(lone.events).toMatchObject([
      { type: 'text', text: 'D12345687', messageId: id },
      { type: 'text', text: 'D12345678', messageId: id, edited: true },
    ]);
    expect(new Set(lone.events.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('has an id that counts within the chat only', async () => {
    const { server, lone, minh } = await build();
    const lan = new Person(server);
    for (const one of [minh, lan]) await one.does({ id: '1', type: 'message', text: 'a' });
    const [first, second] = lone.events;
    expect(first?.eventId).not.toBe(second?.eventId);
  });

  it('is a button, by Execute or by Submit, answered as each has to be', async () => {
    const { server, lone, minh } = await build();
    const data = { token: 'f1.network.0.lan', line: 7 };
    const executed = await minh.does({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'choose', data } },
    });
    expect(executed).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
    });
    expect(await minh.does({ type: 'message', value: data })).toEqual({});
    expect(lone.events.map((event) => event.type === 'choice' && event.token)).toEqual([
      data.token,
      data.token,
    ]);
    expect(server.deliveries.answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('is files by their links, which are kept apart and sealed, and the HTML beside is nothing', async () => {
    const { lone, minh } = await build();
    await minh.sendsFile('[D12345678]-[202611241000].xml', Buffer.from('xml'));
    await minh.pastes([Buffer.from('a'), Buffer.from('b')], 'gỡ giúp em');
    expect(lone.events).toMatchObject([
      { type: 'attached', files: [{ kind: 'file', name: '[D12345678]-[202611241000].xml' }] },
      { type: 'attached', files: [{ kind: 'photo' }, { kind: 'photo' }], caption: 'gỡ giúp em' },
    ]);
    expect(JSON.stringify(lone.events)).not.toMatch(/https?:|secret-/);
    expect(lone.links.size).toBe(3);
    await vi.waitFor(() => expect(minh.chat.typing).toBe(2), { timeout: 5_000 });
  });

  it('is as many photos as are taken, and a word about the rest', async () => {
    const { lone, minh } = await build();
    await minh.pastes(Array.from({ length: 12 }, (_, nth) => Buffer.from([nth])));
    expect(lone.events).toMatchObject([
      { type: 'attached', files: { length: 10 } },
      { type: 'unsupported', what: 'tooManyPhotos' },
    ]);
  });

  it.each([
    [{ contentType: 'audio/mp4', contentUrl: 'https://x' }, 'voice'],
    [{ contentType: 'video/mp4', contentUrl: 'https://x' }, 'video'],
    [{ contentType: 'application/vnd.microsoft.card.thumbnail', content: {} }, 'other'],
    [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        content: { downloadUrl: 'https://x', fileType: 'mp4' },
      },
      'video',
    ],
    [{ contentType: 'application/vnd.microsoft.teams.file.download.info' }, 'notArrived'],
  ])('may be something that cannot be used: %o', async (attachment, what) => {
    const { lone, minh } = await build();
    await minh.does({ type: 'message', attachments: [attachment] });
    expect(lone.events).toMatchObject([{ type: 'unsupported', what }]);
  });

  it.each([
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
    { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage' } },
    { type: 'installationUpdate', action: 'remove' },
    { type: 'conversationUpdate', membersAdded: [{ id: '29:somebody' }] },
    { type: 'invoke', name: 'composeExtension/query', value: {} },
    { type: 'invoke', name: 'adaptiveCard/action', value: { action: { data: { token: 5 } } } },
    { type: 'somethingNew' },
  ])('says nothing, and is acknowledged: $type $name', async (fields) => {
    const { server, lone, minh } = await build();
    await minh.does(fields);
    expect(lone.events).toEqual([]);
    expect(server.deliveries.answers.map(({ status }) => status)).toEqual([200]);
  });
});

describe('a group', () => {
  const mention = (server: { botId: string }, text: string) => ({
    type: 'message',
    text: `<at>Gỡ liên kết</at> ${text}`,
    entities: [
      { type: 'mention', text: '<at>Gỡ liên kết</at>', mentioned: { id: server.botId } },
      { type: 'clientInfo', locale: 'vi-VN' },
    ],
  });

  it('is shown the way to a private chat, and nothing of it is kept', async () => {
    const { server, lone } = await build();
    const group = new Person(server, 'en', 'groupChat');
    await group.does(mention(server, 'D12345678'));
    const shown = await group.hears('private chats only');
    expect(actionsOf(shown)).toMatchObject([
      { type: 'Action.OpenUrl', url: expect.stringContaining(`users=28:${server.identity.appId}`) },
    ]);
    expect(lone.events).toEqual([]);
    expect([lone.addresses.size, lone.links.size]).toEqual([0, 0]);
  });

  it('is asked to delete a string that is secret, which is found behind the mention', async () => {
    const { server, lone } = await build();
    const group = new Person(server, 'vi', 'groupChat');
    const string = sadpA('D12345678');
    await group.does(mention(server, string));
    await group.hears('xóa tin đó');
    expect(JSON.stringify([lone.logged, server.calls])).not.toContain(string.slice(0, 40));
  });

  it('is answered once, however often it is delivered', async () => {
    const { server } = await build();
    const group = new Person(server, 'vi', 'groupChat');
    const fields = { ...mention(server, 'trợ giúp'), id: '77' };
    await group.does(fields);
    await group.does(fields);
    await group.hears('trò chuyện riêng');
    await group.does({ ...mention(server, 'xin chào'), id: '78' });
    await vi.waitFor(() => expect(group.heard).toHaveLength(2), { timeout: 5_000 });
  });
});

it('strips the mention where somebody uses one in a personal chat', async () => {
  const { server, lone, minh } = await build();
  const entities = [
    { type: 'mention', text: '<at>Gỡ liên kết</at>', mentioned: { id: server.botId } },
    { type: 'mention', text: '<at>Lan</at>', mentioned: { id: '29:lan' } },
  ];
  await minh.writes('<at>Gỡ liên kết</at> xin chào <at>Lan</at>', { entities });
  expect(lone.events).toMatchObject([{ type: 'text', text: 'xin chào <at>Lan</at>' }]);
});
