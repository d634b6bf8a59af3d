import { randomBytes } from 'node:crypto';
import { BotServer } from '../channels/telegram/bot-api/bot-server.ts';
import { ForumChat, type ForumTopic } from '../channels/telegram/bot-api/forum-chat.ts';
import { GroupMember } from '../channels/telegram/group-member.ts';
import { waitedFor } from '../channels/telegram/waited-for.ts';
import { ScriptedAgent } from '../chaos/scripted-agent.ts';
import { Assistant } from '../e2e/assistant.ts';

/** The whole assistant with a Telegram of its own, where its agents have a group. */
export class ForumHouse {
  readonly telegram: BotServer;
  readonly group: ForumChat;
  readonly assistant: Assistant;
  readonly desk: ScriptedAgent;

  private constructor(telegram: BotServer, group: ForumChat, assistant: Assistant) {
    this.telegram = telegram;
    this.group = group;
    this.assistant = assistant;
    this.desk = new ScriptedAgent(() => assistant.url);
  }

  /** @param beside starts what has to run before there is an admin, with the same settings */
  static async build(
    settings: Record<string, string> = {},
    beside?: (settings: Record<string, string>) => Promise<unknown>,
  ): Promise<ForumHouse> {
    const telegram = await BotServer.start();
    const group = new ForumChat(-1_001_000_000_000 - randomBytes(3).readUIntBE(0, 3));
    telegram.chats.set(group.id, group);
    const all = { ...settingsOf(telegram, group), ...settings };
    const house = new ForumHouse(telegram, group, await Assistant.begin(all));
    await beside?.(all);
    await house.desk.setUp(house.assistant);
    return house;
  }

  /** Somebody in the group who is the desk's agent. */
  async agent(): Promise<GroupMember> {
    const member = new GroupMember(this.telegram, this.group);
    member.writes(null, `/link ${await this.desk.groupCode()}`);
    await member.reads(null, 'Lan');
    return member;
  }

  /** The topic in which this was said, once it was. */
  async topicWith(text: string): Promise<ForumTopic> {
    return waitedFor(
      () => this.group.open.find((topic) => this.group.saidIn(topic).includes(text)),
      () =>
        `a topic with "${text}"; there is: ${this.group.messages.map((one) => one.text).join(' | ')}`,
    );
  }

  async remove(): Promise<void> {
    await this.assistant.remove();
    await this.telegram.stop();
  }
}

function settingsOf(telegram: BotServer, group: ForumChat): Record<string, string> {
  return {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    TELEGRAM_AGENTS_GROUP: String(group.id),
  };
}
