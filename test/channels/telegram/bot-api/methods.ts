import { z } from 'zod';
import type { BotServer, Fields } from './bot-server.ts';
import type { Chat, Shown } from './chat.ts';
import { ForumChat } from './forum-chat.ts';
import { forumMethods } from './forum-methods.ts';
import { badRequest } from './refusal.ts';
import { captionIn, type Keyboard, keyboardIn, textIn } from './rules.ts';

type Method = (server: BotServer, fields: Fields, gone: Promise<void>) => unknown;

const PORTS = ['', '443', '80', '88', '8443'];
const MOST_BYTES = 20 * 1024 * 1024;

/** @throws Refusal when a group does not take it from the bot there, or now */
function enter(chat: Chat, { message_thread_id: thread }: Fields, cost = 1): { threadId?: number } {
  const threadId = thread === undefined ? undefined : Number(thread);
  if (!(chat instanceof ForumChat)) {
    if (threadId !== undefined) throw badRequest('message thread not found');
    return {};
  }
  chat.writable(threadId);
  chat.pace(cost);
  return threadId === undefined ? {} : { threadId };
}

function say(server: BotServer, chat: Chat, message: Partial<Shown> & { text: string }): Shown {
  const shown: Shown = {
    id: server.nextId(),
    by: 'bot',
    keyboard: null,
    edits: 0,
    picture: false,
    ...message,
  };
  chat.messages.push(shown);
  return shown;
}

function told(chat: Chat, { id, text, threadId }: Shown, more: Fields = {}): Fields {
  const place = threadId === undefined ? {} : { message_thread_id: threadId };
  return {
    message_id: id,
    date: 1,
    chat: { id: chat.id, type: chat.type },
    text,
    ...place,
    ...more,
  };
}

/** @throws Refusal when there is no such message of the bot, or nothing would change */
function edit(
  server: BotServer,
  fields: Fields,
  change: (shown: Shown) => { text: string; keyboard: Keyboard | null },
): Fields {
  const chat = server.chat(fields.chat_id);
  const shown = chat.messages.find((one) => one.id === Number(fields.message_id));
  if (!shown) throw badRequest('message to edit not found');
  if (shown.by !== 'bot') throw badRequest("message can't be edited");
  const next = change(shown);
  const same =
    next.text === shown.text && JSON.stringify(next.keyboard) === JSON.stringify(shown.keyboard);
  if (same) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same',
    );
  }
  if (chat instanceof ForumChat) chat.pace(1);
  Object.assign(shown, next, { edits: shown.edits + 1 });
  return told(chat, shown);
}

const listOf = (value: unknown) => z.array(z.string()).nullish().parse(value) ?? null;

function photo(server: BotServer, file: unknown): { fileId: string } {
  if (file instanceof Uint8Array) {
    const begins = Buffer.from(file.subarray(0, 8)).toString('hex');
    const kind = begins === '89504e470d0a1a0a' ? '.png' : begins.startsWith('ffd8ff') ? '.jpg' : '';
    if (kind === '') throw badRequest('IMAGE_PROCESS_FAILED');
    return { fileId: server.keepFile(file, 'photos', kind) };
  }
  if (!server.files.has(String(file))) throw badRequest('wrong file identifier specified');
  return { fileId: String(file) };
}

/** Each method that the assistant calls, as the Bot API describes it. */
export const methods: Record<string, Method | undefined> = {
  ...forumMethods,

  getMe: (server) => ({
    id: Number(server.token.split(':')[0]),
    is_bot: true,
    first_name: 'Bot',
    username: 'go_lien_ket_bot',
  }),

  getUpdates: (server, fields, gone) =>
    server.updates.poll({
      offset: Number(fields.offset ?? 0),
      limit: Number(fields.limit ?? 100),
      timeoutMs: Number(fields.timeout ?? 0) * 1000,
      allowed: listOf(fields.allowed_updates),
      gone,
    }),

  setWebhook: (server, fields) => {
    const url = String(fields.url ?? '');
    const { protocol, port } = new URL(url);
    if (protocol !== 'https:') {
      throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
    }
    if (!PORTS.includes(port)) {
      throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
    }
    const secret = fields.secret_token as string | undefined;
    if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret)) {
      throw badRequest('secret token contains unallowed characters');
    }
    server.updates.setWebhook({ url, secret, allowed: listOf(fields.allowed_updates) });
    return true;
  },

  getWebhookInfo: (server) => ({
    url: server.updates.webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: 0,
  }),

  deleteWebhook: (server) => {
    server.updates.setWebhook(null);
    return true;
  },

  sendMessage: (server, fields) => {
    const chat = server.chat(fields.chat_id);
    const text = textIn(fields.text, fields.parse_mode);
    const keyboard = keyboardIn(fields.reply_markup);
    return told(chat, say(server, chat, { text, keyboard, ...enter(chat, fields) }));
  },

  editMessageText: (server, fields) => {
    const text = textIn(fields.text, fields.parse_mode);
    const keyboard = keyboardIn(fields.reply_markup);
    return edit(server, fields, () => ({ text, keyboard }));
  },

  editMessageReplyMarkup: (server, fields) => {
    const keyboard = keyboardIn(fields.reply_markup);
    return edit(server, fields, ({ text }) => ({ text, keyboard }));
  },

  answerCallbackQuery: (server, fields) => {
    const id = String(fields.callback_query_id);
    const chat = server.queries.get(id);
    if (!chat) throw badRequest('query is too old and response timeout expired');
    server.queries.delete(id);
    const text = z.string().max(200).optional().safeParse(fields.text);
    if (!text.success) throw badRequest('MESSAGE_TOO_LONG');
    if (text.data !== undefined) chat.toasts.push(text.data);
    return true;
  },

  sendChatAction: (server, fields) => {
    server.chat(fields.chat_id).actions.push(String(fields.action));
    return true;
  },

  sendPhoto: (server, fields) => {
    const chat = server.chat(fields.chat_id);
    const text = captionIn(fields.caption, fields.parse_mode);
    const attached = /^attach:\/\/(.+)$/.exec(String(fields.photo))?.[1];
    const { fileId } = photo(server, attached ? fields[attached] : fields.photo);
    const shown = say(server, chat, { text, picture: true, ...enter(chat, fields) });
    return told(chat, shown, { photo: [{ file_id: fileId, width: 1, height: 1 }] });
  },

  sendDocument: (server, fields) => {
    const chat = server.chat(fields.chat_id);
    const text = captionIn(fields.caption, fields.parse_mode);
    const attached = /^attach:\/\/(.+)$/.exec(String(fields.document))?.[1];
    const file = attached ? fields[attached] : fields.document;
    if (!(file instanceof Uint8Array)) throw badRequest('wrong file identifier specified');
    if (file.length === 0) throw badRequest('file must be non-empty');
    chat.documents.push(Buffer.from(file).toString());
    const fileId = server.keepFile(file, 'documents', '.bin');
    return told(chat, say(server, chat, { text }), { document: { file_id: fileId } });
  },

  sendMediaGroup: (server, fields) => {
    const chat = server.chat(fields.chat_id);
    const given = typeof fields.media === 'string' ? JSON.parse(fields.media) : fields.media;
    const media = z
      .array(z.object({ type: z.literal('photo'), media: z.string(), caption: z.string() }))
      .min(2)
      .max(10)
      .safeParse(given);
    if (!media.success) throw badRequest('expected an array of InputMedia');
    const place = enter(chat, fields, media.data.length);
    return media.data.map((one) => {
      const attached = /^attach:\/\/(.+)$/.exec(one.media)?.[1];
      const { fileId } = photo(server, attached ? fields[attached] : one.media);
      const shown = say(server, chat, { text: captionIn(one.caption), picture: true, ...place });
      return told(chat, shown, { photo: [{ file_id: fileId, width: 1, height: 1 }] });
    });
  },

  getFile: (server, fields) => {
    const fileId = String(fields.file_id);
    const file = server.files.get(fileId);
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
    if (file.size > MOST_BYTES) throw badRequest('file is too big');
    return { file_id: fileId, file_size: file.size, file_path: file.path };
  },

  setMyCommands: (server, fields) => {
    const commands = z
      .array(
        z.object({
          command: z.string().regex(/^[a-z0-9_]{1,32}$/),
          description: z.string().min(1).max(256),
        }),
      )
      .max(100)
      .safeParse(fields.commands);
    if (!commands.success) throw badRequest('BOT_COMMAND_INVALID');
    server.commands.set(String(fields.language_code ?? ''), commands.data);
    return true;
  },

  leaveChat: (server, fields) => {
    server.chat(fields.chat_id).left = true;
    return true;
  },
};
