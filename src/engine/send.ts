import type { Channel, Delivery } from '../channels/contract.ts';
import type { ChannelName } from '../dialogue/event.ts';
import type { DueEffect, Settlement, Store } from '../store/contract.ts';
import type { LinkCodes } from './link-codes.ts';
import { passOn } from './pass-on.ts';
import type { EffectOf, Perform, Performed } from './perform.ts';
import { nextTry } from './retry.ts';

export interface SendOptions {
  store: Pick<Store, 'ownerEpoch' | 'routesOf'>;
  channels: ReadonlyMap<ChannelName, Channel>;
  linkCodes: Pick<LinkCodes, 'fill'>;
  now: () => number;
}

type Ended = Exclude<Delivery, { as: 'unseen' }>;

/** A bot's reply that was made under another owner is stale: whoever owns now, it is not sent. */
async function isStale(store: SendOptions['store'], effect: EffectOf<'send'>): Promise<boolean> {
  const { push, agent } = effect.effect;
  if (push || agent) return false;
  return (await store.ownerEpoch(effect.conversationId)) !== effect.epoch;
}

function settlementOf(due: DueEffect, delivery: Ended, now: number): Settlement {
  const { effectId } = due;
  switch (delivery.as) {
    case 'sent':
      return { effectId, as: 'done' };
    case 'transient': {
      const at = Math.max(delivery.at ?? 0, nextTry(now, due.attempts));
      const deferred = delivery.deferred ? { deferred: true } : {};
      return { effectId, as: 'retry', at, why: delivery.why, ...deferred };
    }
    case 'permanent':
      return { effectId, as: 'dead', why: delivery.why };
    case 'unreachable':
      return { effectId, as: 'unreachable', why: delivery.why };
    case 'ambiguous':
      // A plain reply may appear twice, but must not be lost: only harmful ones stay undecided.
      return due.repeat === 'safe' && !delivery.harmful
        ? { effectId, as: 'retry', at: nextTry(now, due.attempts), why: delivery.why }
        : { effectId, as: 'ambiguous', why: delivery.why };
  }
}

/**
 * Hands a rendered reply to its channel. The owner's epoch is read at this moment, not before. News
 * of a case goes to another conversation of the account where nobody would see it in its own.
 */
export function createSend({ store, channels, linkCodes, now }: SendOptions): Perform<'send'> {
  const connected = (channel: ChannelName) => channels.has(channel);

  async function deliver(due: EffectOf<'send'>): Promise<Delivery> {
    const { shown, conversationId } = due;
    const channel = channels.get(due.channel);
    if (!channel || !shown) {
      const why = channel ? 'its line is gone' : `the channel ${due.channel} is not connected`;
      return { as: 'transient', why };
    }
    try {
      const fresh = shown.linkCode
        ? await linkCodes.fill(conversationId, due.channel, shown)
        : shown;
      return await channel.deliver(due, fresh);
    } catch (error) {
      return { as: 'ambiguous', why: error instanceof Error ? error.name : 'error' };
    }
  }

  async function sendNews(due: EffectOf<'send'>): Promise<Performed> {
    const routes = await store.routesOf(due.conversationId);
    const elsewhere = () => passOn(due, routes, connected, now());
    if (routes.unreachable !== null) {
      const { effectId } = due;
      const dead: Settlement = { effectId, as: 'dead', why: 'the address takes nothing' };
      return elsewhere() ?? { settlement: dead };
    }
    const delivery = await deliver(due);
    const ended = delivery.as === 'unseen' ? delivery.otherwise : delivery;
    const missed = delivery.as === 'unseen' || delivery.as === 'permanent';
    const passed = missed ? elsewhere() : null;
    return passed ?? { settlement: settlementOf(due, ended, now()) };
  }

  return async (effect) => {
    const { effectId } = effect;
    if (await isStale(store, effect)) return { settlement: { effectId, as: 'cancelled' } };
    if (effect.effect.push) return sendNews(effect);
    const delivery = await deliver(effect);
    const ended = delivery.as === 'unseen' ? delivery.otherwise : delivery;
    return { settlement: settlementOf(effect, ended, now()) };
  };
}
