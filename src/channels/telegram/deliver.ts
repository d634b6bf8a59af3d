import { InputFile } from 'grammy';
import type { AgentWords } from '../../dialogue/effect.ts';
import type { AgentFile, Language } from '../../dialogue/event.ts';
import type { DueEffect } from '../../store/contract.ts';
import type { Rendered } from '../../words/words.ts';
import type { Delivery } from '../contract.ts';
import { deliveryOf } from '../delivery-of.ts';
import { splitText } from '../split-text.ts';
import type { BotApi } from './api.ts';
import type { NewestMessages } from './newest-messages.ts';
import type { TelegramOptions } from './options.ts';
import { Pictures } from './pictures.ts';
import { escapeHtml, type Keyboard, keyboardOf, MOST_TEXT } from './render.ts';
import { telegramTexts } from './texts.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** One message of a reply. Answers its id, or 0 for one that need not be known. */
type Step = () => Promise<number>;

/**
 * Sends replies. Chats do not wait for each other: when Telegram asks one to wait, only that one
 * does. A reply of several messages goes on, when tried again, behind those that went out.
 */
export class Deliveries {
  readonly #options: TelegramOptions;
  readonly #api: BotApi;
  readonly #newest: NewestMessages;
  readonly #pictures: Pictures;
  /** Until when Telegram wants nothing for a chat. */
  readonly #waits = new Map<string, number>();
  /** How many messages of a reply went out before one failed. A restart forgets it: they go out again. */
  readonly #begun = new Map<number, number>();

  constructor(options: TelegramOptions, api: BotApi, newest: NewestMessages) {
    this.#options = options;
    this.#api = api;
    this.#newest = newest;
    this.#pictures = new Pictures(api.calls);
  }

  async deliver(due: DueEffect, shown: Rendered): Promise<Delivery> {
    const now = (this.#options.now ?? Date.now)();
    const until = this.#waits.get(due.chatId) ?? 0;
    if (until > now) return { as: 'transient', why: 'this chat has to wait', at: until };
    this.#waits.delete(due.chatId);
    const steps = await this.#stepsOf(due, shown);
    for (const [index, step] of steps.entries()) {
      if (index < (this.#begun.get(due.effectId) ?? 0)) continue;
      const trouble = await this.#take(due.chatId, step);
      if (trouble) return this.#fail(due, trouble, now);
      this.#begun.set(due.effectId, index + 1);
    }
    this.#begun.delete(due.effectId);
    return { as: 'sent' };
  }

  async #take(chatId: string, step: Step): Promise<Trouble | null> {
    try {
      this.#newest.see(chatId, await step());
      return null;
    } catch (error) {
      return troubleOf(error);
    }
  }

  #fail({ chatId, effectId }: DueEffect, trouble: Trouble, now: number): Delivery {
    if (trouble.kind === 'tooFast' && trouble.waitMs !== null) {
      this.#waits.set(chatId, now + trouble.waitMs);
    }
    const delivery = deliveryOf(trouble, now);
    const again = delivery.as === 'transient' || delivery.as === 'ambiguous';
    if (!again || this.#begun.get(effectId) === 0) this.#begun.delete(effectId);
    return delivery;
  }

  /** Drawings first, so that the buttons stand under everything. */
  async #stepsOf(due: DueEffect, shown: Rendered): Promise<Step[]> {
    const { chatId, effect } = due;
    const agent = effect.kind === 'send' ? effect.agent : undefined;
    if (agent?.photo !== undefined) return [() => this.#sendPhoto(due, agent)];
    const file = agent?.file;
    if (agent && file) return [() => this.#sendFile(chatId, agent, file)];
    const language = await this.#languageOf(due, shown);
    const keyboard = keyboardOf(shown);
    const pieces = splitText(shown.text, MOST_TEXT);
    const steps = pieces.map((piece, index): Step => {
      const first = index === 0;
      const last = index === pieces.length - 1;
      const name = first && agent ? `<b>${escapeHtml(agent.name)}</b>\n` : '';
      const place = last && shown.step ? `\n\n<i>${stepText(shown.step, language)}</i>` : '';
      const html = name + escapeHtml(piece) + place;
      return () => this.#say(due, html, last ? keyboard : null, first ? shown.progress : undefined);
    });
    if (shown.pictures.length === 0) return steps;
    return [() => this.#show(chatId, shown.pictures, language), ...steps];
  }

  /** An agent's photo, with their name and words under it. */
  async #sendPhoto({ chatId }: DueEffect, { name, text, photo = '' }: AgentWords): Promise<number> {
    const blob = await this.#options.store.getBlob(photo);
    const said = text === '' ? '' : `\n${escapeHtml(text)}`;
    const caption = `<b>${escapeHtml(name)}</b>${said}`;
    if (!blob) {
      const { message_id: id } = await this.#api.calls.sendMessage(chatId, caption, {
        parse_mode: 'HTML',
      });
      return id;
    }
    const file = new InputFile(blob.bytes, blob.mime === 'image/png' ? 'photo.png' : 'photo.jpg');
    const { message_id: id } = await this.#api.calls.sendPhoto(chatId, file, {
      caption,
      parse_mode: 'HTML',
    });
    return id;
  }

  /** An agent's file, with their name and words under it; these alone when the file is gone. */
  async #sendFile(chatId: string, { name, text }: AgentWords, file: AgentFile): Promise<number> {
    const { calls } = this.#api;
    const blob = await this.#options.store.getBlob(file.blobId);
    const said = text === '' ? '' : `\n${escapeHtml(text)}`;
    const caption = `<b>${escapeHtml(name)}</b>${said}`;
    const sent = blob
      ? await calls.sendDocument(chatId, new InputFile(blob.bytes, quoted(file.name)), {
          caption,
          parse_mode: 'HTML',
        })
      : await calls.sendMessage(chatId, caption, { parse_mode: 'HTML' });
    return sent.message_id;
  }

  async #languageOf({ chatId }: DueEffect, { step, pictures }: Rendered): Promise<Language> {
    if (!step && pictures.length === 0) return 'vi';
    const conversation = await this.#options.store.conversationByChat('telegram', chatId);
    return conversation?.language ?? 'vi';
  }

  /** Drawings only help: a text is not held back because one is refused. */
  async #show(chatId: string, pictures: Rendered['pictures'], language: Language): Promise<number> {
    try {
      return await this.#pictures.send(chatId, pictures, language);
    } catch (error) {
      const { kind, why } = troubleOf(error);
      if (kind !== 'refused') throw error;
      this.#options.log.warn({ why }, 'Telegram took no drawings');
      return 0;
    }
  }

  async #say(
    due: DueEffect,
    html: string,
    keyboard: Keyboard | null,
    progress: string | undefined,
  ): Promise<number> {
    const { chatId, conversationId } = due;
    const more = {
      parse_mode: 'HTML' as const,
      link_preview_options: { is_disabled: true },
      ...(keyboard ? { reply_markup: keyboard } : {}),
    };
    if (progress !== undefined) {
      const before = await this.#options.store.shownMessage(conversationId, progress);
      if (before !== null && (await this.#replace(chatId, Number(before), html, more))) return 0;
    }
    const { message_id: id } = await this.#api.calls.sendMessage(chatId, html, more);
    if (progress !== undefined) {
      await this.#options.store.keepShownMessage(conversationId, progress, String(id));
    }
    return id;
  }

  /** True when the message now says this. What is no longer the newest stays: nobody would look there. */
  async #replace(
    chatId: string,
    messageId: number,
    html: string,
    more: Parameters<BotApi['calls']['editMessageText']>[3],
  ): Promise<boolean> {
    if (this.#newest.isPast(chatId, messageId)) return false;
    try {
      await this.#api.calls.editMessageText(chatId, messageId, html, more);
      return true;
    } catch (error) {
      const { kind, why } = troubleOf(error);
      if (kind !== 'refused') throw error;
      return /message is not modified/.test(why);
    }
  }
}

/** grammY writes a name as it is into a header, where only a quoted one may have spaces. */
function quoted(name: string): string {
  return `"${name.replace(/["\\]/g, "'")}"`;
}

function stepText(step: { at: number; of: number }, language: Language): string {
  return escapeHtml(telegramTexts.t('step', { lng: language, ...step }));
}
