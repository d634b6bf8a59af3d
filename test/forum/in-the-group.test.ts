import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import forum from '../../locales/vi/forum.json' with { type: 'json' };
import { GroupMember, labelsOf } from '../channels/telegram/group-member.ts';
import { Person } from '../channels/telegram/person.ts';
import { wordsOf } from '../e2e/sentences.ts';
import { labelPicture } from '../pictures/index.ts';
import { ForumHouse } from './house.ts';

const { button, say, toast } = forum;
const patience = { timeout: 15_000, interval: 30 };

describe("in the agents' Telegram group", () => {
  let house: ForumHouse;
  let lan: GroupMember;
  // Each test has a minute's messages to itself.
  beforeEach(async () => {
    house = await ForumHouse.build();
    onTestFinished(() => house.remove());
    lan = await house.agent();
  }, 60_000);

  async function begins(words: string) {
    const installer = new Person(house.telegram);
    installer.writes(words);
    return { installer, topic: await house.topicWith(words) };
  }

  it('a conversation is a topic, with what both sides said', async () => {
    const { topic } = await begins('xin chào, em Minh đây');
    await lan.reads(topic, wordsOf('vi', 'greeting.hello').slice(0, 30));
    expect(topic.name).toMatch(/^Telegram · #/);
    expect(house.group.saidIn(topic)).toMatch(/👤\nxin chào, em Minh đây[\s\S]*🤖/);
  });

  it('an agent takes over by a button, and what they write reaches the installer, both ways', async () => {
    const { installer, topic } = await begins('em cần gặp người thật');
    await lan.presses(topic, button.takeOver);
    await lan.isTold(toast.taken);
    await installer.hears('Lan');
    lan.writes(topic, 'Chào anh, em xem giúp <ngay> & luôn');
    await installer.hears('Chào anh, em xem giúp <ngay> & luôn');
    installer.writes('cảm ơn chị Lan');
    await lan.reads(topic, 'cảm ơn chị Lan');
    // What stands there already is not told there again.
    expect(house.group.saidIn(topic)).not.toContain('em xem giúp');
    expect((await house.desk.did()).slice(0, 2)).toEqual([
      'conversation.say',
      'conversation.takeOver',
    ]);
  });

  it('handing back lets the bot go on, and a button of before explains itself', async () => {
    const { installer, topic } = await begins('chào, hỏi chút');
    const old = await lan.sees(
      topic,
      (one) => labelsOf(one).includes(button.takeOver),
      'the button',
    );
    const stood = structuredClone(old);
    await lan.presses(topic, button.takeOver);
    await lan.presses(topic, button.handBack);
    await lan.isTold(toast.handedBack);
    await installer.hears(wordsOf('vi', 'handoff.back').slice(0, 20));
    lan.pressesIn(stood, button.takeOver);
    await lan.isTold(toast.old);
  });

  it('what somebody writes who does not have the conversation stays there, with the button', async () => {
    const { installer, topic } = await begins('chào, em hỏi về tem');
    lan.writes(topic, 'không được gửi');
    const hint = await lan.reads(topic, say.bots);
    expect(labelsOf(hint)).toEqual([button.takeOver]);
    lan.pressesIn(hint, button.takeOver);
    await installer.hears('Lan');
    lan.writes(topic, 'được gửi');
    await installer.hears('được gửi');
    expect(installer.heard.map(({ text }) => text).join()).not.toContain('không được gửi');
  });

  it('a stranger moves nothing and is told how to become an agent, by a code that works once', async () => {
    const { installer, topic } = await begins('chào, em có đầu ghi');
    const stranger = new GroupMember(house.telegram, house.group);
    await stranger.presses(topic, button.takeOver);
    await stranger.isTold(toast.notLinked.slice(0, 60));
    stranger.writes(topic, 'tôi là ai');
    await stranger.reads(topic, say.notLinked);
    stranger.isAnonymous = true;
    stranger.writes(topic, 'quản trị ẩn danh');
    await stranger.reads(topic, say.anonymous);
    stranger.isAnonymous = false;
    stranger.writes(null, '/link KTR-XMP-QBN');
    await stranger.reads(null, say.badCode);
    stranger.writes(null, '/link');
    await stranger.reads(null, say.howToLink);
    expect(house.group.saidIn(topic)).toContain(say.notLinked);
    expect(installer.heard.map(({ text }) => text).join()).not.toMatch(/tôi là ai|ẩn danh/);
    // What is said in the group is nobody's case.
    expect(house.telegram.calls.some(({ method }) => method === 'leaveChat')).toBe(false);
  });

  it('photos and files go to the installer, and what cannot go is said', async () => {
    const { installer, topic } = await begins('chào, xin ảnh mẫu');
    await lan.presses(topic, button.takeOver);
    await installer.hears('Lan');
    const picture = await labelPicture({
      serial: 'D12345678',
      code: 'QWERTZ',
      model: 'DS',
      seed: 9,
    });
    lan.sendsPhoto(topic, picture, 'chụp như thế này');
    await installer.waitsFor(
      ({ picture, text }) => picture && text.includes('chụp như thế này'),
      'it',
    );
    const sends = (name: string, bytes: string) => {
      const file_id = house.telegram.keepFile(Buffer.from(bytes), 'documents', '');
      lan.sends(topic, { document: { file_id, file_name: name, file_size: bytes.length } });
    };
    sends('huong-dan.pdf', '%PDF-1.7 cách gỡ');
    await vi.waitFor(
      () => expect(installer.chat.documents).toEqual(['%PDF-1.7 cách gỡ']),
      patience,
    );
    sends('cai-dat.exe', 'MZ');
    await lan.reads(topic, 'Các loại gửi được');
    lan.sends(topic, { sticker: { file_id: 'x' } });
    await lan.reads(topic, say.onlyTextAndPhotos);
    const id = lan.writes(topic, 'sai chính tả');
    await installer.hears('sai chính tả');
    lan.edits(topic, id, 'đúng chính tả');
    await lan.reads(topic, say.edited);
    lan.writes(topic, '/help');
    await lan.reads(topic, say.command);
  });

  it('a reply that waits when an agent takes over is withdrawn, and shown so', async () => {
    const { installer, topic } = await begins('chào, trước khi tiếp nhận');
    await lan.reads(topic, '🤖');
    await lan.sees(topic, (one) => labelsOf(one).includes(button.takeOver), 'the button');
    house.telegram.next(
      'sendMessage',
      { answers: 429, description: 'Too Many Requests: retry after 6', retryAfter: 6 },
      installer.chat.id,
    );
    const heard = installer.heard.length;
    installer.writes('trợ giúp');
    await vi.waitFor(
      () => expect(house.telegram.calls.some(({ answered }) => answered === 429)).toBe(true),
      patience,
    );
    await lan.presses(topic, button.takeOver);
    await installer.hears('Lan');
    await lan.reads(topic, forum.line.withdrawn);
    expect(installer.heard.slice(heard).map(({ text }) => text)).toEqual([
      expect.stringContaining('Lan'),
    ]);
  });

  it('a topic that was deleted is made anew with what it missed; a closed one is opened', async () => {
    const { installer, topic } = await begins('chào, chủ đề một');
    await lan.reads(topic, '🤖');
    lan.deletes(topic);
    installer.writes('sau khi xóa');
    const next = await house.topicWith('sau khi xóa');
    expect(next.threadId).not.toBe(topic.threadId);
    lan.closes(next);
    installer.writes('sau khi đóng');
    await lan.reads(next, 'sau khi đóng');
    expect(next.closed).toBe(false);
    house.group.rights.manageTopics = false;
    // Closed unseen: only the bot's next message finds out.
    next.closed = true;
    installer.writes('sau khi đóng lần nữa');
    await lan.reads(next, 'sau khi đóng lần nữa');
    expect(next.closed).toBe(false);
    house.group.rights.manageTopics = true;
  });
});
