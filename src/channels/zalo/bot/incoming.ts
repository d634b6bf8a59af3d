import { PersonNames } from '../../person-names.ts';
import type { BotApi } from './api.ts';
import { eventOf } from './events.ts';
import type { ZaloBotOptions } from './options.ts';
import { zaloBotTexts } from './texts.ts';
import { troubleOf } from './trouble.ts';
import { UpdateSchema } from './update.ts';

/** Groups that are remembered as told. */
const MOST_GROUPS = 1_000;

/** Takes updates in, from a poll or a webhook. */
export class Incoming {
  readonly #options: ZaloBotOptions;
  readonly #api: BotApi;
  readonly #names: PersonNames;
  readonly #toldGroups = new Set<string>();

  constructor(options: ZaloBotOptions, api: BotApi) {
    this.#options = options;
    this.#api = api;
    this.#names = new PersonNames('zalo-bot', options);
  }

  /**
   * Resolves once the update's turn is committed, or when it makes none: one of an unknown shape
   * would come again for ever.
   *
   * @throws what the intake throws: nothing was kept
   */
  async take(raw: unknown): Promise<void> {
    const parsed = UpdateSchema.safeParse(raw);
    if (!parsed.success) {
      this.#options.log.warn('an update of Zalo was not understood and left out');
      return;
    }
    const { message } = parsed.data;
    const type = message?.chat.chat_type ?? 'PRIVATE';
    if (message && type !== 'PRIVATE') {
      this.#refuseGroup(message.chat.id);
      return;
    }
    const event = eventOf(parsed.data, this.#api.botId, (this.#options.now ?? Date.now)());
    if (event === null) return;
    if (event.type === 'attached') {
      this.#try('typing', () => this.#api.sendTyping(event.chatId));
    }
    this.#names.see(event.chatId, message?.from?.display_name);
    await this.#options.intake.accept(event);
  }

  /** A case has a serial, photos and a secret string: not before an audience. There is no way to leave. */
  #refuseGroup(chatId: string): void {
    if (this.#toldGroups.has(chatId) || this.#toldGroups.size >= MOST_GROUPS) return;
    this.#toldGroups.add(chatId);
    const text = ['vi', 'en'].map((lng) => zaloBotTexts.t('group', { lng })).join('\n\n');
    this.#try('refusing a group', () => this.#api.sendMessage(chatId, text));
  }

  /** What makes a chat pleasant and may fail. */
  #try(what: string, call: () => Promise<unknown>): void {
    call().catch((error: unknown) => {
      this.#options.log.debug({ why: troubleOf(error).why }, `${what} did not work`);
    });
  }
}
