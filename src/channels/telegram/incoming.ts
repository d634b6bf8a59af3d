import { PersonNames } from '../person-names.ts';
import type { BotApi } from './api.ts';
import { eventOf } from './events.ts';
import type { NewestMessages } from './newest-messages.ts';
import type { TelegramOptions } from './options.ts';
import { keyboardAfter, labelOf } from './render.ts';
import { telegramTexts } from './texts.ts';
import { troubleOf } from './trouble.ts';
import { type Callback, type Update, UpdateSchema } from './update.ts';

/** Telegram shows at most so much of an answer to a pressed button. */
const MOST_TOAST = 190;

/** Takes updates in, from a poll or a webhook. */
export class Incoming {
  readonly #options: TelegramOptions;
  readonly #api: BotApi;
  readonly #newest: NewestMessages;
  readonly #names: PersonNames;

  constructor(options: TelegramOptions, api: BotApi, newest: NewestMessages) {
    this.#options = options;
    this.#api = api;
    this.#newest = newest;
    this.#names = new PersonNames('telegram', options);
  }

  /**
   * Resolves once the update may be confirmed: its turn is committed, or it makes none. An update of
   * an unknown shape makes none, since it would come again for ever.
   *
   * @throws what the intake throws: nothing was kept, and the update has to come again
   */
  async take(raw: unknown): Promise<void> {
    const parsed = UpdateSchema.safeParse(raw);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      this.#options.log.warn({ field }, 'an update of Telegram was not understood and left out');
      return;
    }
    const update = parsed.data;
    const group = groupOf(update);
    if (group !== null) {
      const { agentsGroup } = this.#options;
      if (!(await agentsGroup?.owns(group))) return this.#refuseGroup(update, group);
      return agentsGroup?.keep(`${this.#api.botId}:${update.update_id}`, update);
    }
    const { callback_query: callback } = update;
    if (callback) this.#answer(callback);
    const message = update.message ?? update.edited_message;
    if (message) this.#newest.see(String(message.chat.id), message.message_id);
    const event = eventOf(update, this.#api.botId, (this.#options.now ?? Date.now)());
    if (event === null) return;
    if (event.type === 'attached') {
      this.#try('typing', () => this.#api.calls.sendChatAction(event.chatId, 'typing'));
    }
    const from = callback?.from ?? message?.from;
    const full = [from?.first_name, from?.last_name].filter(Boolean);
    this.#names.see(event.chatId, ...(full.length > 0 ? full : [from?.username]));
    await this.#options.intake.accept(event);
    if (callback) this.#useUp(callback);
  }

  /** At once, or the button keeps on turning. */
  #answer(callback: Callback): void {
    const text = labelOf(callback)?.slice(0, MOST_TOAST);
    this.#try('answering a button', () =>
      this.#api.calls.answerCallbackQuery(callback.id, text === undefined ? {} : { text }),
    );
  }

  #useUp(callback: Callback): void {
    const { message } = callback;
    const keyboard = keyboardAfter(callback);
    if (!message || keyboard === null) return;
    this.#try('taking a used keyboard away', () =>
      this.#api.calls.editMessageReplyMarkup(message.chat.id, message.message_id, {
        reply_markup: keyboard,
      }),
    );
  }

  /** A case has a serial, photos and a secret string: not before an audience. Says so, and leaves. */
  async #refuseGroup(update: Update, chatId: number): Promise<void> {
    const status = update.my_chat_member?.new_chat_member.status;
    if (status === 'left' || status === 'kicked') return;
    this.#options.log.info(
      { group: chatId },
      'the bot leaves a group, since TELEGRAM_AGENTS_GROUP does not name it',
    );
    const text = ['vi', 'en'].map((lng) => telegramTexts.t('group', { lng })).join('\n\n');
    this.#try('refusing a group', async () => {
      await this.#api.calls.sendMessage(chatId, text);
      await this.#api.calls.leaveChat(chatId);
    });
  }

  /** What makes a chat pleasant and may fail. */
  #try(what: string, call: () => Promise<unknown>): void {
    call().catch((error: unknown) => {
      this.#options.log.debug({ why: troubleOf(error).why }, `${what} did not work`);
    });
  }
}

/** The chat of an update that does not come from one person alone. */
function groupOf({
  message,
  edited_message,
  callback_query,
  my_chat_member,
}: Update): number | null {
  const chat = (message ?? edited_message ?? callback_query?.message ?? my_chat_member)?.chat;
  return chat && chat.type !== 'private' ? chat.id : null;
}
