import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { BotPlatform } from './bot-platform.ts';
import { Refusal } from './refusal.ts';

type Fields = Record<string, unknown>;
type Method = (server: BotPlatform, fields: Fields, gone: Promise<void>) => Promise<unknown>;

function read<T extends z.ZodType>(schema: T, fields: Fields): z.infer<T> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, `Bad Request: ${parsed.error.issues[0]?.path.join('.')} is invalid`);
}

/** 1 to 2,000 characters that are whole, and composed: what is not counts as a mistake of ours. */
const TextSchema = z
  .string()
  .min(1)
  .max(2_000)
  .refine((text) => text.trim() !== '' && text.isWellFormed() && text === text.normalize('NFC'));
const ChatSchema = z.object({ chat_id: z.string() });

function sent() {
  return { message_id: randomBytes(10).toString('hex'), date: Date.now() };
}

export const methods: Readonly<Record<string, Method>> = {
  getMe: async () => ({
    id: '1459232241454765289',
    account_name: 'bot.VDKyGxQvc',
    account_type: 'BASIC',
    can_join_groups: false,
  }),

  getUpdates: async (server, fields, gone) => {
    const { timeout } = read(z.strictObject({ timeout: z.string().regex(/^\d+$/) }), fields);
    const update = await server.updates.poll(Number(timeout) * 1000, gone);
    if (update === undefined) throw new Refusal(408, 'Request timeout');
    return update;
  },

  setWebhook: async (server, fields) => {
    const schema = z.strictObject({
      url: z.url({ protocol: /^https$/ }),
      secret_token: z.string().min(8).max(256),
    });
    const { url, secret_token: secret } = read(schema, fields);
    server.updates.setWebhook({ url, secret });
    return { url, updated_at: Date.now() };
  },

  deleteWebhook: async (server) => {
    server.updates.setWebhook(null);
    return { url: '', updated_at: Date.now() };
  },

  getWebhookInfo: async (server) => ({ url: server.updates.webhook?.url ?? '', updated_at: 1 }),

  // Strict: a keyboard, or any other field of another platform, is a mistake.
  sendMessage: async (server, fields) => {
    const schema = z.strictObject({ ...ChatSchema.shape, text: TextSchema });
    const { chat_id: id, text } = read(schema, fields);
    server.chat(id).messages.push({ by: 'bot', text, photo: null });
    return sent();
  },

  sendPhoto: async (server, fields) => {
    const schema = z.strictObject({
      ...ChatSchema.shape,
      photo: z.url({ protocol: /^https$/ }),
      caption: TextSchema.optional(),
    });
    const { chat_id: id, photo, caption = '' } = read(schema, fields);
    const chat = server.chat(id);
    // The picture is looked at more than once; what is gone by then is shown black.
    for (let times = 0; times < 2; times += 1) await server.look(photo);
    chat.messages.push({ by: 'bot', text: caption, photo });
    return sent();
  },

  sendChatAction: async (server, fields) => {
    const schema = z.strictObject({ ...ChatSchema.shape, action: z.literal('typing') });
    const { chat_id: id, action } = read(schema, fields);
    server.chat(id).actions.push(action);
    return undefined;
  },
};
