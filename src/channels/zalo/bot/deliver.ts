import type { Language } from '../../../dialogue/event.ts';
import type { DueEffect } from '../../../store/contract.ts';
import type { Rendered } from '../../../words/words.ts';
import type { Delivery } from '../../contract.ts';
import { deliveryOf } from '../../delivery-of.ts';
import { agentFileText } from '../../file-link/text.ts';
import type { BotApi } from './api.ts';
import type { ZaloBotOptions } from './options.ts';
import type { PictureLinks } from './pictures.ts';
import { captionOf, textsOf } from './render.ts';
import { troubleOf } from './trouble.ts';

/** One message of a reply. */
type Step = () => Promise<void>;

/** What is remembered of a reply until all of it went out. A restart forgets it. */
interface Begun {
  /** How many of its messages went out. */
  sent: number;
  upload: { link: string; minutes: number } | null;
}

/** Replies that are remembered; what expired in between is pushed out. */
const MOST_BEGUN = 10_000;

/** Sends replies. One of several messages goes on, when tried again, behind those that went out. */
export class Deliveries {
  readonly #options: ZaloBotOptions;
  readonly #api: BotApi;
  readonly #pictures: PictureLinks | null;
  readonly #begun = new Map<number, Begun>();

  constructor(options: ZaloBotOptions, api: BotApi, pictures: PictureLinks | null) {
    this.#options = options;
    this.#api = api;
    this.#pictures = pictures;
  }

  async deliver(due: DueEffect, shown: Rendered): Promise<Delivery> {
    const begun = this.#begun.get(due.effectId) ?? (await this.#begin(due, shown));
    const steps = await this.#stepsOf(due, shown, begun);
    for (const step of steps.slice(begun.sent)) {
      try {
        await step();
        begun.sent += 1;
      } catch (error) {
        const delivery = deliveryOf(troubleOf(error), (this.#options.now ?? Date.now)());
        const again = delivery.as === 'transient' || delivery.as === 'ambiguous';
        if (!again) this.#begun.delete(due.effectId);
        return delivery;
      }
    }
    this.#begun.delete(due.effectId);
    return { as: 'sent' };
  }

  async #begin({ effectId, chatId }: DueEffect, { takesFiles }: Rendered): Promise<Begun> {
    const upload = takesFiles ? await this.#options.uploadLinks.make('zalo-bot', chatId) : null;
    const begun = { sent: 0, upload };
    this.#begun.set(effectId, begun);
    if (this.#begun.size > MOST_BEGUN) {
      const [oldest] = this.#begun.keys();
      if (oldest !== undefined) this.#begun.delete(oldest);
    }
    return begun;
  }

  /** Drawings first, so that what can be chosen stands under everything. */
  async #stepsOf(due: DueEffect, shown: Rendered, { upload }: Begun): Promise<Step[]> {
    const { chatId, conversationId, effect } = due;
    const { store } = this.#options;
    const language = (await store.conversationByChat('zalo-bot', chatId))?.language ?? 'vi';
    const offered = shown.choices.length > 0 ? await store.offeredChoices(conversationId) : [];
    const agent = effect.kind === 'send' ? effect.agent : undefined;
    if (agent?.file !== undefined) {
      const text = agentFileText(
        agent,
        agent.file,
        this.#options.fileLinks.make(agent.file),
        language,
      );
      return [() => this.#api.sendMessage(chatId, text)];
    }
    const agentName = agent?.name ?? null;
    const texts = textsOf(shown, { language, agentName, offered, upload });
    return [
      ...shown.pictures.map(
        ({ name, alt }): Step =>
          () =>
            this.#show(chatId, name, language, captionOf(alt)),
      ),
      ...texts.map(
        (text): Step =>
          () =>
            this.#api.sendMessage(chatId, text),
      ),
    ];
  }

  /** Drawings only help: a text is not held back because one is refused. */
  async #show(
    chatId: string,
    name: Rendered['pictures'][number]['name'],
    language: Language,
    caption: string,
  ): Promise<void> {
    const link = await this.#pictures?.make(name, language);
    if (!link) return;
    try {
      await this.#api.sendPhoto(chatId, link, caption);
    } catch (error) {
      const { kind, why } = troubleOf(error);
      if (kind !== 'refused') throw error;
      this.#options.log.warn({ why }, 'Zalo took no drawing');
    }
  }
}
