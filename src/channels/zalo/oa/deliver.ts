import type { AgentWords } from '../../../dialogue/effect.ts';
import type { Language } from '../../../dialogue/event.ts';
import type { DueEffect } from '../../../store/contract.ts';
import type { Rendered } from '../../../words/words.ts';
import type { Delivery } from '../../contract.ts';
import { fileSteps } from './agent-files.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import { NoAnswerError } from './errors.ts';
import { messagesOf, phoneWish, pictureMessage } from './message.ts';
import type { Pauses } from './options.ts';
import { Pictures } from './pictures.ts';
import { needsPhone, type Plan } from './planner.ts';
import { type Facts, Pushes } from './pushes.ts';
import { meaningOf, putOffUntil, whyOf } from './trouble.ts';

/** One message of a reply. */
type Step = () => Promise<void>;

/**
 * Sends replies. An answer goes out as it is, for its person has just written; a push first gets a
 * plan. A reply of several messages goes on, when tried again, behind those that went out.
 */
export class Deliveries {
  readonly #parts: DeliveryParts;
  readonly #pictures: Pictures;
  readonly #pushes: Pushes;
  /** How many messages of a reply went out before one failed. A restart forgets it: they go out again. */
  readonly #begun = new Map<number, number>();

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#pictures = new Pictures(parts.api, parts.now);
    this.#pushes = new Pushes(parts);
  }

  async deliver(due: DueEffect, shown: Rendered): Promise<Delivery> {
    // A template was under way when the process stopped: whether it was billed is not known.
    if (due.attemptedAt !== null) {
      return { as: 'ambiguous', why: 'stopped while a template was under way', harmful: true };
    }
    if (!isPush(due)) return this.#write(due, shown, null);
    const facts = await this.#pushes.factsOf(due);
    return this.#push(due, shown, facts);
  }

  async #push(due: DueEffect, shown: Rendered, facts: Facts): Promise<Delivery> {
    const { pauses, now } = this.#parts;
    const plan = await this.#pushes.plan(due, facts);
    const wait = (why: string) =>
      ({ as: 'transient', why, at: now() + pauses.noWay, deferred: true }) as const;
    switch (plan.way) {
      case 'free':
      case 'billed':
        return this.#write(due, shown, () => this.#push(due, shown, { ...facts, closed: true }));
      case 'otherChannel':
        return { as: 'unseen', otherwise: wait('Zalo takes nothing after 7 days') };
      case 'wait':
        return wait(waitingFor(plan));
      default:
        return this.#template(due, shown, facts, plan.way);
    }
  }

  async #template(
    due: DueEffect,
    shown: Rendered,
    facts: Facts,
    way: 'templateByUid' | 'templateByPhone',
  ): Promise<Delivery> {
    const { operator, pauses, people, now } = this.#parts;
    try {
      await this.#pushes.sendTemplate(due, facts, way);
      operator.well();
      return { as: 'sent' };
    } catch (error) {
      operator.hear(error);
      const meaning = meaningOf(error);
      const why = whyOf(error);
      if (meaning === 'notByUid') return this.#push(due, shown, { ...facts, notByUid: true });
      if (meaning === 'phone') {
        await people.keep(due.chatId, { phone: null });
        return this.#push(due, shown, { ...facts, phone: null });
      }
      if (meaning === 'unknown') return { as: 'ambiguous', why, harmful: true };
      return deliveryOf(error, now(), pauses);
    }
  }

  /** @param closed what to do when Zalo says that the window is closed; null for an answer */
  async #write(
    due: DueEffect,
    shown: Rendered,
    closed: (() => Promise<Delivery>) | null,
  ): Promise<Delivery> {
    const { operator, pauses, now } = this.#parts;
    const steps = await this.#stepsOf(due, shown);
    for (const [index, step] of steps.entries()) {
      if (index < (this.#begun.get(due.effectId) ?? 0)) continue;
      try {
        await step();
        this.#begun.set(due.effectId, index + 1);
      } catch (error) {
        operator.hear(error);
        const meaning = meaningOf(error);
        if (meaning === 'attachment') this.#pictures.forget();
        if (meaning === 'window' && closed) {
          this.#begun.delete(due.effectId);
          return closed();
        }
        const delivery = deliveryOf(error, now(), pauses);
        const again = delivery.as === 'transient' || delivery.as === 'ambiguous';
        if (!again) this.#begun.delete(due.effectId);
        return delivery;
      }
    }
    operator.well();
    this.#begun.delete(due.effectId);
    return { as: 'sent' };
  }

  /** Drawings first, so that the buttons stand under everything; the wish for a phone number last. */
  async #stepsOf(due: DueEffect, shown: Rendered): Promise<Step[]> {
    const { options, api, choices, people, now } = this.#parts;
    const { chatId: userId, effect } = due;
    const language = await this.#languageOf(userId);
    const agent = effect.kind === 'send' ? effect.agent : undefined;
    if (agent?.photo !== undefined) return [() => this.#showPhoto(userId, agent)];
    if (agent?.file !== undefined) {
      return fileSteps(userId, agent, agent.file, options, { api, language });
    }
    const agentName = agent?.name ?? null;
    const { buttonTemplate } = options.config;
    const messages = messagesOf(shown, { userId, language, choices, buttonTemplate, agentName });
    const steps: Step[] = [
      ...shown.pictures.map((picture) => () => this.#show(userId, picture, language)),
      ...messages.map((message) => () => api.send(userId, message)),
    ];
    if (await this.#wantsPhone(due)) {
      steps.push(async () => {
        await api.send(userId, phoneWish(language, options.config.phoneImageUrl));
        await people.keep(userId, { askedAt: now() });
      });
    }
    return steps;
  }

  async #languageOf(userId: string): Promise<Language> {
    const { store } = this.#parts.options;
    return (await store.conversationByChat('zalo-oa', userId))?.language ?? 'vi';
  }

  /** Drawings only help: a text is not held back because one is refused or missing. */
  async #show(
    userId: string,
    { name, alt }: Rendered['pictures'][number],
    language: Language,
  ): Promise<void> {
    const { api, options } = this.#parts;
    try {
      const id = await this.#pictures.idOf(name, language);
      await api.send(userId, pictureMessage(id, alt));
    } catch (error) {
      const missing = (error as { code?: unknown }).code === 'ENOENT';
      if (!missing && meaningOf(error) !== 'refused') throw error;
      options.log.warn({ why: whyOf(error), name }, 'Zalo: a drawing was left out');
    }
  }

  /** An agent's photo, with their name and words beside it. */
  async #showPhoto(userId: string, { name, text, photo = '' }: AgentWords): Promise<void> {
    const { api, options } = this.#parts;
    const said = text === '' ? name : `${name}:\n${text}`;
    const id = await this.#pictures.idOfPhoto(options.store, photo);
    await api.send(userId, id === null ? { text: said } : pictureMessage(id, said));
  }

  /** Only beside a line about a case whose answer may come when a phone number alone helps. */
  async #wantsPhone(due: DueEffect): Promise<boolean> {
    const caseId = due.effect.kind === 'send' ? due.effect.reply.caseId : undefined;
    const { byUid, byPhone } = this.#parts.options.config.templates;
    if (caseId === undefined || byPhone === null || byUid !== null) return false;
    const row = await this.#parts.options.store.caseById(caseId);
    if (!row || !['submitted', 'inReview', 'needsInfo'].includes(row.status)) return false;
    const { askedAt } = await this.#parts.people.read(due.chatId);
    if (askedAt !== null) return false;
    const facts = await this.#pushes.factsOf(due);
    const input = await this.#pushes.inputOf(due, facts);
    return needsPhone({ ...input, answerBy: row.answerBy });
  }
}

function isPush({ effect }: DueEffect): boolean {
  return effect.kind === 'send' && (effect.push || effect.agent !== undefined);
}

function waitingFor(plan: Extract<Plan, { way: 'wait' }>): string {
  return plan.why === 'noPhone'
    ? 'the person has not written for 7 days and shared no phone number'
    : 'the person has not written for 7 days and no template tells this';
}

/** How a delivery ended that met this error. */
function deliveryOf(error: unknown, now: number, pauses: Pauses): Delivery {
  const why = whyOf(error);
  const meaning = meaningOf(error);
  const asked = error instanceof NoAnswerError ? error.at : null;
  const at = asked ?? putOffUntil(meaning, now, pauses.operator);
  switch (meaning) {
    case 'unknown':
      return { as: 'ambiguous', why };
    case 'refused':
    // The address stays open: templates still reach it.
    case 'window':
      return { as: 'permanent', why };
    case 'unreachable':
      return { as: 'unreachable', why };
    case 'night':
    case 'quota':
    case 'operator':
      return { as: 'transient', why, deferred: true, ...(at === null ? {} : { at }) };
    default:
      return { as: 'transient', why, ...(at === null ? {} : { at }) };
  }
}
