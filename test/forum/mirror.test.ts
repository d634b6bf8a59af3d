import { describe, expect, it, vi } from 'vitest';
import { ForumChat } from '../channels/telegram/bot-api/forum-chat.ts';
import { LoneForum } from './lone-forum.ts';

const patience = { timeout: 20_000, interval: 20 };

describe("the group's limit of twenty messages a minute", () => {
  it('is kept in a burst: lines share a message, and nobody is left behind', async () => {
    const forum = await LoneForum.build();
    const people = Array.from({ length: 40 }, (_, index) => `person ${index}`);
    for (const one of people) await forum.wrote(one, ['một', 'hai', 'ba', one]);
    forum.start();
    const told = () =>
      people.filter((one) =>
        forum.group.open.some((topic) => forum.group.saidIn(topic).endsWith(`\n${one}`)),
      );
    await vi.waitFor(() => expect(told()).toHaveLength(people.length), patience);
    // A topic and a message for each: no burst costs more than that.
    expect(forum.telegram.calls.map(({ method }) => method).toSorted()).toEqual([
      ...people.map(() => 'createForumTopic'),
      ...people.map(() => 'sendMessage'),
    ]);
    expect(forum.group.tooFast).toBe(0);
  }, 30_000);

  it('leaves a conversation with a human first place, and the oldest its turn', async () => {
    const forum = await LoneForum.build();
    for (let n = 0; n < 60; n += 1) await forum.wrote(`bot ${n}`, [`bot ${n}`]);
    await forum.wrote('human', ['gấp lắm'], { agent: 'Lan' });
    forum.start();
    const at = () => forum.group.messages.findIndex(({ text }) => text.includes('gấp lắm'));
    await vi.waitFor(() => expect(at()).toBeGreaterThanOrEqual(0), patience);
    expect(at()).toBeLessThan(3);
  }, 30_000);

  it('is obeyed when Telegram asks for more patience than it published', async () => {
    const forum = await LoneForum.build();
    await forum.wrote('one', ['xin chào']);
    const why = { answers: 429, description: 'Too Many Requests: retry after 40', retryAfter: 40 };
    forum.telegram.next('createForumTopic', why);
    const begun = forum.now();
    forum.start();
    await vi.waitFor(() => expect(forum.group.messages).toHaveLength(1), patience);
    expect(forum.now() - begun).toBeGreaterThan(40_000);
    expect(forum.telegram.calls.filter(({ answered }) => answered === 429)).toHaveLength(1);
  }, 30_000);
});

describe('what is told', () => {
  it('goes on in small messages where lines are long, and never holds a code', async () => {
    const forum = await LoneForum.build();
    const long = 'chữ '.repeat(3_500);
    const label = 'Mã xác minh: QWERTZ';
    const string = `AwAAA${'b7Xk9'.repeat(20)}==`;
    await forum.wrote('one', [long, label, string, '<b>&lt;']);
    forum.start();
    await vi.waitFor(
      () => expect(forum.group.messages.at(-1)?.text).toContain('<b>&lt;'),
      patience,
    );
    const all = forum.group.messages.map(({ text }) => text).join('\n');
    expect(all.match(/chữ/g)).toHaveLength(3_500);
    for (const secret of ['QWERTZ', 'b7Xk9']) expect(all).not.toContain(secret);
  }, 30_000);

  it('is a photo with its codes covered, or a sentence when they cannot be', async () => {
    const forum = await LoneForum.build();
    const blobIds = ['ready', 'broken'];
    forum.masks.set('ready', {
      as: 'ready',
      bytes: Buffer.from('ffd8ff', 'hex'),
      mime: 'image/jpeg',
    });
    forum.masks.set('broken', { as: 'failed' });
    await forum.wrote('one', ['ảnh đây'], { blobIds });
    forum.start();
    await vi.waitFor(
      () => expect(forum.group.messages.at(-1)?.text).toContain('chưa che được mã'),
      patience,
    );
    expect(forum.group.messages.filter(({ picture }) => picture)).toHaveLength(1);
  }, 30_000);

  it('is not told twice, nor what was told before a stop', async () => {
    const forum = await LoneForum.build();
    await forum.wrote('one', ['một']);
    const first = forum.start();
    await vi.waitFor(() => expect(forum.group.messages).toHaveLength(1), patience);
    await first.stop();
    await forum.wrote('one', ['hai']);
    forum.start();
    await vi.waitFor(() => expect(forum.group.messages).toHaveLength(2), patience);
    expect(forum.group.messages.map(({ text }) => text)).toEqual(['👤\nmột', '👤\nhai']);
    expect(forum.group.open).toHaveLength(1);
  }, 30_000);

  it('goes from the group when the person has their data deleted', async () => {
    const forum = await LoneForum.build();
    const conversationId = await forum.wrote('one', ['tên em là Minh']);
    forum.group.rights.deleteMessages = false;
    forum.start();
    await vi.waitFor(() => expect(forum.group.messages).toHaveLength(1), patience);
    await forum.store.deletePersonal(conversationId);
    // Without the right to delete it waits, and says so; others are told meanwhile.
    await vi.waitFor(() => expect(forum.logged.join()).toContain('delete messages'), patience);
    await forum.wrote('two', ['người khác']);
    await vi.waitFor(() => expect(forum.group.open).toHaveLength(2), patience);
    forum.group.rights.deleteMessages = true;
    await vi.waitFor(() => expect(forum.group.open).toHaveLength(1), patience);
    expect(forum.group.messages.map(({ text }) => text)).toEqual(['👤\nngười khác']);
  }, 30_000);

  it('waits for an operator who has to give the bot its rights, and says so once', async () => {
    const forum = await LoneForum.build();
    forum.group.rights.manageTopics = false;
    await forum.wrote('one', ['xin chào']);
    forum.start();
    await vi.waitFor(() => expect(forum.logged.join()).toContain('manage topics'), patience);
    const tries = () => forum.telegram.calls.length;
    const before = tries();
    await vi.waitFor(() => expect(tries()).toBeGreaterThan(before + 2), patience);
    forum.group.rights.manageTopics = true;
    await vi.waitFor(() => expect(forum.group.messages).toHaveLength(1), patience);
    const said = forum.logged.filter((line) => line.includes('manage topics'));
    expect(said).toHaveLength(1);
  }, 30_000);

  it('follows a group that was upgraded and has another number since', async () => {
    const forum = await LoneForum.build();
    const old = new ForumChat(-12_345);
    old.movedTo = forum.group.id;
    forum.telegram.chats.set(old.id, old);
    await forum.wrote('one', ['xin chào']);
    forum.start({ group: old.id });
    await vi.waitFor(() => expect(forum.group.messages).toHaveLength(1), patience);
    expect(forum.logged.join()).toContain(String(forum.group.id));
  }, 30_000);

  it('is not waited for long at a stop', async () => {
    const forum = await LoneForum.build();
    await forum.wrote('one', ['xin chào']);
    forum.telegram.next('sendMessage', { hangs: true });
    const started = forum.start();
    const asked = () => forum.telegram.calls.some(({ method }) => method === 'sendMessage');
    await vi.waitFor(() => expect(asked()).toBe(true), patience);
    const begun = performance.now();
    await started.stop();
    expect(performance.now() - begun).toBeLessThan(4_000);
    forum.start();
    await vi.waitFor(() => expect(forum.group.messages).toHaveLength(1), patience);
  }, 30_000);
});
