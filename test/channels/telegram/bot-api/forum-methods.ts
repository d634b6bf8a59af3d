import { z } from 'zod';
import type { BotServer, Fields } from './bot-server.ts';
import { ForumChat, type ForumTopic } from './forum-chat.ts';
import { badRequest } from './refusal.ts';

const COLOURS = [0x6fb9f0, 0xffd67e, 0xcb86db, 0x8eee98, 0xff93b2, 0xfb6f5f];

/** @throws Refusal when it is no forum, or the bot may not do this there */
function forumOf(
  server: BotServer,
  fields: Fields,
  may: (chat: ForumChat) => boolean,
  what: string,
) {
  const chat = server.chat(fields.chat_id);
  if (!(chat instanceof ForumChat) || !chat.isForum) throw badRequest('the chat is not a forum');
  if (!chat.rights.admin || !may(chat)) throw badRequest(`not enough rights to ${what}`);
  return chat;
}

/** The bot made every topic, and may do with its own what others need a right for. */
function topicOf(server: BotServer, fields: Fields): { chat: ForumChat; topic: ForumTopic } {
  const chat = forumOf(server, fields, () => true, 'manage the topic');
  const topic = chat.topics.get(Number(fields.message_thread_id));
  if (!topic || topic.deleted) throw badRequest('TOPIC_ID_INVALID');
  return { chat, topic };
}

/** The methods about topics, as the Bot API describes them. */
export const forumMethods = {
  createForumTopic: (server: BotServer, fields: Fields) => {
    const chat = forumOf(server, fields, ({ rights }) => rights.manageTopics, 'create a topic');
    const name = z.string().min(1).max(128).safeParse(fields.name);
    if (!name.success) throw badRequest('TOPIC_TITLE_EMPTY');
    const colour = Number(fields.icon_color ?? COLOURS[0]);
    if (!COLOURS.includes(colour)) throw badRequest('invalid forum topic icon color specified');
    chat.pace(1);
    const threadId = server.nextId();
    chat.topics.set(threadId, { threadId, name: name.data, closed: false, deleted: false });
    return { message_thread_id: threadId, name: name.data, icon_color: colour };
  },

  editForumTopic: (server: BotServer, fields: Fields) => {
    const { chat, topic } = topicOf(server, fields);
    const name = z.string().max(128).parse(fields.name);
    if (name === topic.name) throw badRequest('TOPIC_NOT_MODIFIED');
    chat.pace(1);
    topic.name = name;
    return true;
  },

  reopenForumTopic: (server: BotServer, fields: Fields) => {
    const { chat, topic } = topicOf(server, fields);
    if (!topic.closed) throw badRequest('TOPIC_NOT_MODIFIED');
    chat.pace(1);
    topic.closed = false;
    return true;
  },

  deleteForumTopic: (server: BotServer, fields: Fields) => {
    const { chat, topic } = topicOf(server, fields);
    if (!chat.rights.deleteMessages) throw badRequest('not enough rights to delete the topic');
    chat.deleteTopic(topic.threadId);
    return true;
  },
};
