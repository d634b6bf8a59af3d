import {
  type Conversation,
  type ConversationFlavor,
  conversations,
  createConversation,
} from '@grammyjs/conversations';
import { FileAdapter } from '@grammyjs/storage-file';
import {
  Bot,
  type Context,
  type SessionFlavor,
  type StorageAdapter,
  session,
  type Transformer,
} from 'grammy';
import type { Update } from 'grammy/types';
import { AGAIN, QUESTIONS, summary } from './dialogue.ts';
import type { KeyValue, Peer } from './peer.ts';

interface Progress {
  at: number | null;
  answers: Record<string, string>;
}

type SessionContext = Context & SessionFlavor<Progress>;
type TalkingContext = ConversationFlavor<Context>;

/** grammY's adapters over our tables; its own file adapter is used as it is. */
function adapterOf<T>(values: KeyValue | string): StorageAdapter<T> {
  if (typeof values === 'string') return new FileAdapter<T>({ dirName: values });
  return {
    read: async (key) => {
      const text = await values.read(key);
      return text === undefined ? (undefined as T) : (JSON.parse(text) as T);
    },
    write: (key, value) => values.write(key, JSON.stringify(value)),
    delete: (key) => values.delete(key),
  };
}

/** Takes calls to Telegram and keeps what they would have said. */
class Ear {
  readonly said = new Map<number, string>();

  readonly hear: Transformer = async (_call, method, payload) => {
    if (method === 'sendMessage' && 'text' in payload && 'chat_id' in payload) {
      this.said.set(Number(payload.chat_id), String(payload.text));
    }
    const message = { message_id: 1, date: 0, chat: { id: 1, type: 'private' } };
    return { ok: true, result: message as never };
  };
}

function speak<C extends Context>(bot: Bot<C>, ear: Ear): Peer {
  const { said } = ear;
  bot.api.config.use(ear.hear);
  let updates = 0;
  return {
    async say(chat, text) {
      updates += 1;
      const from = { id: chat, is_bot: false, first_name: 'Lan' };
      const entities = text.startsWith('/')
        ? [{ type: 'bot_command' as const, offset: 0, length: text.length }]
        : [];
      const update: Update = {
        update_id: updates,
        message: {
          message_id: updates,
          date: 0,
          chat: { id: chat, type: 'private', first_name: 'Lan' },
          from,
          text,
          entities,
        },
      };
      await bot.handleUpdate(update);
      const answer = said.get(chat) ?? '';
      said.delete(chat);
      return answer;
    },
  };
}

function newBot<C extends Context>(): Bot<C> {
  return new Bot<C>('1:bench', {
    botInfo: {
      id: 1,
      is_bot: true,
      first_name: 'Bench',
      username: 'bench_bot',
    } as never,
  });
}

/** grammY with sessions: the answers so far and the place stand in the session. */
export function grammySession(values: KeyValue | string): Peer {
  const bot = newBot<SessionContext>();
  const initial = (): Progress => ({ at: null, answers: {} });
  bot.use(session({ initial, storage: adapterOf<Progress>(values) }));
  bot.on('message:text', async (context) => {
    const { text } = context.message;
    const progress = context.session;
    if (text === '/start' || progress.at === null) {
      context.session = { at: 0, answers: {} };
      await context.reply(QUESTIONS[0]?.ask ?? '');
      return;
    }
    const question = QUESTIONS[progress.at];
    if (!question) return;
    if (!question.fits(text)) {
      await context.reply(AGAIN + question.ask);
      return;
    }
    progress.answers[question.name] = text;
    progress.at += 1;
    await context.reply(QUESTIONS[progress.at]?.ask ?? summary(progress.answers));
  });
  return speak(bot, new Ear());
}

async function talk(
  conversation: Conversation<TalkingContext, Context>,
  context: Context,
): Promise<void> {
  const answers: Record<string, string> = {};
  let latest = context;
  for (const { name, ask, fits } of QUESTIONS) {
    await latest.reply(ask);
    for (;;) {
      latest = await conversation.waitFor('message:text');
      const text = latest.message?.text ?? '';
      if (fits(text)) {
        answers[name] = text;
        break;
      }
      await latest.reply(AGAIN + ask);
    }
  }
  await latest.reply(summary(answers));
}

/** grammY with its conversations plugin, which replays the conversation for each message. */
export function grammyConversations(values: KeyValue | string): Peer {
  const bot = newBot<TalkingContext>();
  const ear = new Ear();
  bot.use(
    conversations<TalkingContext, Context>({
      storage: {
        type: 'key',
        getStorageKey: (context) => context.chatId?.toString(),
        adapter: adapterOf(values),
      },
      // Within a conversation the plugin calls by a client of its own.
      plugins: [
        async (context, next) => {
          context.api.config.use(ear.hear);
          await next();
        },
      ],
    }),
  );
  bot.use(createConversation(talk, 'talk'));
  bot.command('start', (context) => context.conversation.enter('talk'));
  return speak(bot, ear);
}
