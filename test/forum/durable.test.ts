import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import forum from '../../locales/vi/forum.json' with { type: 'json' };
import type { GroupMember } from '../channels/telegram/group-member.ts';
import { Person } from '../channels/telegram/person.ts';
import { wordsOf } from '../e2e/sentences.ts';
import { ForumHouse } from './house.ts';

const patience = { timeout: 20_000, interval: 10 };

describe("the agents' group and a process that dies", () => {
  let house: ForumHouse;
  let lan: GroupMember;
  beforeEach(async () => {
    house = await ForumHouse.build();
    onTestFinished(() => house.remove());
    lan = await house.agent();
  }, 60_000);

  const timesSaid = (text: string) =>
    house.group.messages.filter((one) => one.by === 'bot' && one.text.includes(text)).length;

  it('killed between telling a line and writing it down, tells it twice at most and loses none', async () => {
    const installer = new Person(house.telegram);
    installer.writes('chào, dòng một');
    const topic = await house.topicWith('dòng một');
    await lan.reads(topic, '🤖');
    house.telegram.next('sendMessage', { breaks: 'after' }, house.group.id);
    installer.writes('dòng hai');
    await vi.waitFor(() => expect(timesSaid('dòng hai')).toBe(1), patience);
    await house.assistant.kill();
    await house.assistant.start();
    installer.writes('dòng ba');
    await lan.reads(topic, 'dòng ba');
    expect(timesSaid('dòng một')).toBe(1);
    expect([1, 2]).toContain(timesSaid('dòng hai'));
    expect(timesSaid('dòng ba')).toBe(1);
    expect(house.group.open).toHaveLength(1);
  }, 60_000);

  it("killed after it took an agent's words, brings them to the installer once", async () => {
    const installer = new Person(house.telegram);
    installer.writes('chào, em chờ');
    const topic = await house.topicWith('em chờ');
    await lan.presses(topic, forum.button.takeOver);
    await installer.hears('Lan');
    const all = Array.from({ length: 5 }, (_, index) => `lời ${index}`);
    for (const words of all) lan.writes(topic, words);
    // Telegram was told that they are taken; whether anything was done with them is another matter.
    await vi.waitFor(() => expect(house.telegram.updates.unconfirmed).toBe(0), patience);
    await house.assistant.kill();
    await house.assistant.start();
    for (const words of all) await installer.hears(words);
    const heard = installer.heard.map(({ text }) => text).filter((text) => /lời \d/.test(text));
    // A message of the channel may go out twice after a kill; none is missing, and their order holds.
    expect([...new Set(heard.map((text) => text.slice(-5)))]).toEqual(all);
  }, 60_000);

  it('without rights in the group, installers are answered as ever, and everything is told later', async () => {
    house.group.rights.admin = false;
    const installer = new Person(house.telegram);
    installer.writes('chào, không ai thấy');
    await installer.hears(wordsOf('vi', 'greeting.hello').slice(0, 30));
    await vi.waitFor(() => expect(house.assistant.printed).toContain('manage topics'), patience);
    installer.writes('trợ giúp');
    await vi.waitFor(() => expect(installer.heard.length).toBeGreaterThan(2), patience);
    house.group.rights.admin = true;
    const topic = await house.topicWith('không ai thấy');
    await lan.reads(topic, 'trợ giúp');
  }, 60_000);
});
