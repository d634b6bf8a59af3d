import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import desk from '../../locales/vi/desk.json' with { type: 'json' };
import forum from '../../locales/vi/forum.json' with { type: 'json' };
import type { ForumTopic } from '../channels/telegram/bot-api/forum-chat.ts';
import { type GroupMember, labelsOf } from '../channels/telegram/group-member.ts';
import { Person } from '../channels/telegram/person.ts';
import { CODE, JOURNEYS } from '../channels/telegram/steps.ts';
import { wordsOf } from '../e2e/sentences.ts';
import { ForumHouse } from './house.ts';

const APPROVE = forum.button.approve.replace('{{number}}', 'UB-000001');
const REFUSE = forum.button.refuse.replace('{{number}}', 'UB-000001');
const patience = { timeout: 20_000, interval: 50 };

describe("a case in the agents' Telegram group", () => {
  let house: ForumHouse;
  let lan: GroupMember;
  let installer: Person;
  let topic: ForumTopic;
  beforeEach(async () => {
    house = await ForumHouse.build();
    onTestFinished(() => house.remove());
    lan = await house.agent();
    installer = new Person(house.telegram);
    installer.patience = 20_000;
    const [journey] = JOURNEYS;
    await journey?.go(installer, 'vi', 'D12345678');
    await installer.hears('UB-000001');
    topic = await house.topicWith('📋 UB-000001 · D12345678');
  }, 90_000);

  it('is told with its photos, masked; approving it tells the installer at once', async () => {
    const masked = await lan.sees(topic, ({ picture }) => picture, 'a photo');
    expect(masked.text).toBe(forum.photo);
    await lan.presses(topic, APPROVE);
    await lan.isTold('UB-000001');
    await installer.hears(wordsOf('vi', 'case.unbound'));
    // Its name waits for a minute with fewer messages.
    const aMinute = { ...patience, timeout: 100_000 };
    await vi.waitFor(() => expect(topic.name).toBe('D12345678 · Telegram'), aMinute);
    // Nothing is left to decide under the newest message that has buttons.
    await vi.waitFor(() => {
      const buttons = house.group.messages.findLast(({ keyboard }) => keyboard !== null);
      expect(buttons && labelsOf(buttons)).toEqual([forum.button.takeOver]);
    }, patience);
    expect((await house.desk.did())[0]).toBe('case.decide');

    const all = house.group.messages.map(({ text }) => text).join('\n');
    expect(all).toContain(forum.line.secret);
    for (const secret of [CODE, 'AwAA', '//8AAD', house.telegram.token]) {
      expect(all).not.toContain(secret);
    }
    // The only pictures that went to the group are the masked ones.
    const sent = house.telegram.calls.filter(
      ({ method, fields }) => method === 'sendPhoto' && Number(fields.chat_id) === house.group.id,
    );
    expect(sent).toHaveLength(1);
    for (const secret of [CODE, 'AwAA', '//8AAD']) {
      expect(house.assistant.printed).not.toContain(secret);
    }
  }, 150_000);

  it('is refused with a reason that is chosen from buttons', async () => {
    await lan.presses(topic, REFUSE);
    await lan.presses(topic, desk.reasons.photoUnreadable);
    await installer.hears('chưa được duyệt');
    await lan.isTold('UB-000001');
    expect((await house.desk.did())[0]).toBe('case.decide');
  }, 60_000);

  it('is refused for another reason in words that answer the question for them', async () => {
    await lan.presses(topic, REFUSE);
    await lan.presses(topic, desk.reasons.other);
    const question = await lan.reads(topic, 'ghi lý do từ chối UB-000001');
    lan.repliesTo(topic, question, 'Thiết bị thuộc dự án khác');
    await installer.hears('Thiết bị thuộc dự án khác');
  }, 60_000);

  it('that was decided meanwhile is not decided again by an old button', async () => {
    const card = structuredClone(
      await lan.sees(topic, (one) => labelsOf(one).includes(APPROVE), 'the button'),
    );
    await house.desk.approves('D12345678');
    await installer.hears(wordsOf('vi', 'case.unbound'));
    lan.pressesIn(card, REFUSE);
    await lan.isTold(desk.errors.changedMeanwhile.slice(0, 50));
    lan.pressesIn(card, APPROVE);
    await vi.waitFor(() => expect(house.group.toasts).toHaveLength(2), patience);
    expect((await house.desk.did()).filter((one) => one === 'case.decide')).toHaveLength(1);
  }, 60_000);
});
