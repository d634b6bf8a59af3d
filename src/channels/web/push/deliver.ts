import type { DueEffect } from '../../../store/contract.ts';
import type { Delivery } from '../../contract.ts';
import type { WebChannelOptions } from '../options.ts';
import { noticeOf, topicOf } from './notice.ts';
import { type Pushed, pushTo } from './send.ts';

/**
 * An expired line is taken back from the page, and that a notification could not go out is no reason
 * for it: with less time than this left it is given up instead. More than a retry ever waits.
 */
const TOO_LATE_MS = 6 * 60_000;
const LONGEST_TTL_S = 3 * 24 * 60 * 60;

/**
 * Notifies the browsers that asked for it of a line. The line itself needs no delivery: where no
 * browser took a notification, it is merely unseen. A browser that takes no more notifications is
 * forgotten; one that took this one is enough.
 */
export async function notify(options: WebChannelOptions, due: DueEffect): Promise<Delivery> {
  const { store, push, publicUrl } = options;
  const now = (options.now ?? Date.now)();
  const subscriptions = await store.pushSubscriptions(due.conversationId);
  if (subscriptions.length === 0) return { as: 'unseen', otherwise: { as: 'sent' } };
  const conversation = await store.conversationByChat('web', due.chatId);
  const caseId = due.shown?.caseId;
  const row = caseId === undefined ? null : await store.caseById(caseId);
  const notice = noticeOf(due, row, conversation?.language ?? 'vi');
  const message = {
    notice,
    topic: topicOf(due, notice),
    ttl: ttlOf(due, now),
    subject: publicUrl?.startsWith('https:') ? publicUrl : 'mailto:admin@localhost',
  };
  const pushed: Pushed[] = [];
  for (const subscription of subscriptions) {
    const one = await pushTo(push, subscription, message, now);
    if (one.as === 'gone') await store.dropPushSubscription(subscription.endpoint);
    pushed.push(one);
  }
  return deliveryOf(pushed, due, now);
}

function ttlOf({ expiresAt }: DueEffect, now: number): number {
  if (expiresAt === null) return LONGEST_TTL_S;
  return Math.min(LONGEST_TTL_S, Math.max(60, Math.round((expiresAt - now) / 1000)));
}

function deliveryOf(pushed: Pushed[], { expiresAt }: DueEffect, now: number): Delivery {
  if (pushed.some((one) => one.as === 'sent')) return { as: 'sent' };
  const transient = pushed.find((one) => one.as === 'transient');
  if (transient !== undefined) {
    const next = Math.max(transient.at ?? 0, now) + TOO_LATE_MS;
    const late = expiresAt !== null && next >= expiresAt;
    const { why } = transient;
    return { as: 'unseen', otherwise: late ? { as: 'permanent', why } : transient };
  }
  const refused = pushed.find((one) => one.as === 'permanent');
  return { as: 'unseen', otherwise: refused ?? { as: 'sent' } };
}
