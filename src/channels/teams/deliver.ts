import type { Language } from '../../dialogue/event.ts';
import type { DueEffect } from '../../store/contract.ts';
import type { Rendered } from '../../words/words.ts';
import type { Delivery } from '../contract.ts';
import { deliveryOf } from '../delivery-of.ts';
import { agentFileText } from '../file-link/text.ts';
import { type Address, readAddress } from './address.ts';
import { cardMessage } from './card.ts';
import { caseCardOf } from './case-card.ts';
import type { Connection, Outgoing } from './connection.ts';
import { leadsTo } from './hosts.ts';
import { messagesOf } from './messages.ts';
import type { Newest } from './newest.ts';
import type { Operator } from './operator.ts';
import type { TeamsOptions } from './options.ts';
import { photoMessage, picturesMessage } from './pictures.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** A reply on its way. */
interface Way {
  due: DueEffect;
  shown: Rendered;
  address: Address;
  connection: Connection;
  language: Language;
}

type Step = (way: Way) => Promise<void>;

/**
 * Sends replies, long after the delivery that asked for them was answered: to the address that the
 * store keeps. Chats do not wait for each other: when Teams asks one to wait, only that one does. A
 * reply of several messages goes on, when tried again, behind those that went out.
 */
export class Deliveries {
  readonly #options: TeamsOptions;
  readonly #connection: () => Promise<Connection>;
  readonly #newest: Newest<string>;
  readonly #operator: Operator;
  /** Until when Teams wants nothing for a chat. */
  readonly #waits = new Map<string, number>();
  /** How many steps of a reply were taken before one failed. A restart forgets it: they are taken again. */
  readonly #begun = new Map<number, number>();

  constructor(
    options: TeamsOptions,
    connection: () => Promise<Connection>,
    newest: Newest<string>,
    operator: Operator,
  ) {
    this.#options = options;
    this.#connection = connection;
    this.#newest = newest;
    this.#operator = operator;
  }

  async deliver(due: DueEffect, shown: Rendered): Promise<Delivery> {
    const { store, serviceHosts, now: clock = Date.now } = this.#options;
    const now = clock();
    const until = this.#waits.get(due.chatId) ?? 0;
    if (until > now) return { as: 'transient', why: 'this chat has to wait', at: until };
    this.#waits.delete(due.chatId);
    const kept = await store.address('teams', due.chatId);
    if (kept === null) return { as: 'permanent', why: 'where this chat is reached is not known' };
    const address = readAddress(kept);
    if (!leadsTo(address.serviceUrl, serviceHosts)) {
      return {
        as: 'permanent',
        why: 'this chat is reached at a host that is not allowed any more',
      };
    }
    const conversation = await store.conversationByChat('teams', due.chatId);
    const language = conversation?.language ?? 'vi';
    const way = { due, shown, address, connection: await this.#connection(), language };
    for (const [index, step] of this.#stepsOf(way).entries()) {
      if (index < (this.#begun.get(due.effectId) ?? 0)) continue;
      const trouble = await step(way).then(() => null, troubleOf);
      if (trouble) return this.#fail(due, trouble, clock());
      this.#begun.set(due.effectId, index + 1);
    }
    this.#begun.delete(due.effectId);
    this.#operator.well();
    return { as: 'sent' };
  }

  #fail({ chatId, effectId }: DueEffect, trouble: Trouble, now: number): Delivery {
    this.#operator.hear(trouble);
    if (trouble.kind === 'tooFast' && trouble.waitMs !== null) {
      this.#waits.set(chatId, now + trouble.waitMs);
    }
    const delivery = deliveryOf(trouble, now);
    const again = delivery.as === 'transient' || delivery.as === 'ambiguous';
    if (!again || this.#begun.get(effectId) === 0) this.#begun.delete(effectId);
    return delivery;
  }

  /** Drawings first, so that the buttons stand under them; the case's card last, where it stays. */
  #stepsOf({ due, shown, language }: Way): Step[] {
    const { effect, lineId } = due;
    const agent = effect.kind === 'send' ? effect.agent : undefined;
    if (agent?.photo !== undefined) {
      return [
        async (way) => this.#say(way, await photoMessage(this.#options.store, agent), undefined),
      ];
    }
    if (agent?.file !== undefined) {
      const text = agentFileText(
        agent,
        agent.file,
        this.#options.fileLinks.make(agent.file),
        language,
      );
      return [(way) => this.#say(way, { type: 'message', text, textFormat: 'plain' }, undefined)];
    }
    const author = agent?.name;
    const messages = messagesOf({ shown, language, line: lineId, author });
    const steps: Step[] = messages.map((message, index) => async (way) => {
      const progress = index === 0 ? shown.progress : undefined;
      await this.#say(way, message, progress);
    });
    if (shown.pictures.length > 0) {
      steps.unshift((way) =>
        this.#help(async () => {
          await this.#say(way, await picturesMessage(shown.pictures, language), undefined);
        }),
      );
    }
    const { caseId } = shown;
    if (caseId !== undefined) {
      steps.push((way) => this.#help(() => this.#showCase(way, caseId)));
    }
    return steps;
  }

  /** What only helps: a reply is not held back because Teams refuses it. */
  async #help(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const { kind, why } = troubleOf(error);
      if (kind !== 'refused') throw error;
      this.#options.log.warn({ why }, 'Teams took no drawings, or no card of a case');
    }
  }

  /** One card for a case, wherever it stands in the chat: it always tells the newest state. */
  async #showCase(way: Way, caseId: string): Promise<void> {
    const { store } = this.#options;
    const known = await store.caseById(caseId);
    if (known?.channel !== 'teams' || known.chatId !== way.due.chatId) return;
    const content = caseCardOf(known, await store.caseSteps(caseId), way.language);
    const message = cardMessage(content, known.number);
    await this.#say(way, message, `case:${caseId}`, true);
  }

  /**
   * A message, in the place of the one that had this name before. Unless it `stays`, only while that
   * one is the newest: nobody would look further up.
   */
  async #say(
    { due, address, connection }: Way,
    message: Outgoing,
    name: string | undefined,
    stays = false,
  ): Promise<void> {
    const { store } = this.#options;
    const { chatId, conversationId } = due;
    if (name !== undefined) {
      const before = await store.shownMessage(conversationId, name);
      const newest = this.#newest.get(chatId);
      const inPlace = stays || newest === undefined || newest === before;
      if (before !== null && inPlace && (await replace(connection, address, before, message)))
        return;
    }
    const id = await connection.send(address, message);
    if (id !== '') this.#newest.set(chatId, id);
    if (name !== undefined && id !== '') await store.keepShownMessage(conversationId, name, id);
  }
}

/** False when the message is not there any more, or cannot be changed. */
async function replace(
  connection: Connection,
  address: Address,
  messageId: string,
  message: Outgoing,
): Promise<boolean> {
  try {
    await connection.update(address, messageId, message);
    return true;
  } catch (error) {
    const { kind } = troubleOf(error);
    // Whether the person is reachable at all shows when a new one is sent.
    if (kind !== 'refused' && kind !== 'unreachable') throw error;
    return false;
  }
}
