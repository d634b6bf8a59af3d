import type { CaseRow, DueEffect } from '../../../store/contract.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import { FREE_MS, type Plan, type PlanInput, planPush } from './planner.ts';
import { templateData } from './template.ts';
import { whyOf } from './trouble.ts';

/** Nearer to a boundary of the window than this, Zalo's own book is asked. */
const NEAR_MS = 8 * 3_600_000;

/** What is looked up for a push, and what Zalo said of it meanwhile. */
export interface Facts {
  lastInteraction: number | null;
  phone: string | null;
  /** The case that the push is about; templates tell of cases only. */
  row: CaseRow | null;
  /** Zalo said that the window is closed. */
  closed?: boolean;
  /** Zalo said that the template goes by phone only. */
  notByUid?: boolean;
}

/** Pushes: what is known for their plan, the plan itself, and templates. */
export class Pushes {
  readonly #parts: Omit<DeliveryParts, 'operator' | 'choices'>;

  constructor(parts: Omit<DeliveryParts, 'operator' | 'choices'>) {
    this.#parts = parts;
  }

  async factsOf({ conversationId, chatId, effect }: DueEffect): Promise<Facts> {
    const { options, people } = this.#parts;
    const caseId = effect.kind === 'send' ? effect.reply.caseId : undefined;
    const [heard, { phone }, row] = await Promise.all([
      options.store.lastHeard(conversationId),
      people.read(chatId),
      caseId === undefined ? null : options.store.caseById(caseId),
    ]);
    return { lastInteraction: await this.#asZaloKnows(chatId, heard), phone, row };
  }

  /** Zalo also counts what is not told here, such as a look at the profile. */
  async #asZaloKnows(userId: string, heard: number | null): Promise<number | null> {
    const { api, options, now } = this.#parts;
    if (heard !== null && now() - heard < FREE_MS - NEAR_MS) return heard;
    try {
      return Math.max(heard ?? 0, await api.lastInteraction(userId));
    } catch (error) {
      options.log.debug({ why: whyOf(error) }, 'Zalo: the last interaction is not known');
      return heard;
    }
  }

  async inputOf({ conversationId }: DueEffect, facts: Facts): Promise<PlanInput> {
    const { options, now } = this.#parts;
    const { byUid, byPhone } = options.config.templates;
    return {
      now: now(),
      lastInteraction: facts.closed ? null : facts.lastInteraction,
      templateByUid: byUid !== null && facts.row !== null && !facts.notByUid,
      templateByPhone: byPhone !== null && facts.row !== null,
      phoneKnown: facts.phone !== null,
      otherChannels: (await options.otherChannels?.(conversationId)) ?? [],
    };
  }

  /** The plan, kept beside the line so that agents see which way it went and why. */
  async plan(due: DueEffect, facts: Facts): Promise<Plan> {
    const plan = planPush(await this.inputOf(due, facts));
    if (due.lineId !== null) {
      const { way, why } = plan;
      await this.#parts.options.store.keepWay(due.lineId, { way, why });
    }
    return plan;
  }

  /** It costs: that it was begun is committed before the call. Throws what the API throws. */
  async sendTemplate(
    due: DueEffect,
    facts: Facts,
    way: 'templateByUid' | 'templateByPhone',
  ): Promise<void> {
    const { api, options, now } = this.#parts;
    const { byUid, byPhone } = options.config.templates;
    if (!facts.row) throw new TypeError('A template tells of a case.');
    const data = templateData(facts.row);
    await options.store.markAttempted(due.effectId, now());
    if (way === 'templateByUid') await api.sendTemplate(due.chatId, byUid ?? '', data);
    else {
      const trackingId = `push-${due.effectId}`;
      await api.sendTemplateByPhone(facts.phone ?? '', byPhone ?? '', data, trackingId);
    }
  }
}
