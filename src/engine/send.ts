import type { Channel, Delivery } from '../channels/contract.ts';
import type { ChannelName } from '../dialogue/event.ts';
import type { DueEffect, Settlement, Store } from '../store/contract.ts';
import type { EffectOf, Perform } from './perform.ts';
import { nextTry } from './retry.ts';

export interface SendOptions {
  store: Pick<Store, 'ownerEpoch'>;
  channels: ReadonlyMap<ChannelName, Channel>;
  now: () => number;
}

/** A bot's reply that was made under another owner is stale: whoever owns now, it is not sent. */
async function isStale(store: SendOptions['store'], effect: EffectOf<'send'>): Promise<boolean> {
  const { push, agent } = effect.effect;
  if (push || agent) return false;
  return (await store.ownerEpoch(effect.conversationId)) !== effect.epoch;
}

function settlementOf(due: DueEffect, delivery: Delivery, now: number): Settlement {
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

/** Hands a rendered reply to its channel. The owner's epoch is read at this moment, not before. */
export function createSend({ store, channels, now }: SendOptions): Perform<'send'> {
  return async (effect) => {
    const { effectId, shown } = effect;
    if (await isStale(store, effect)) return { settlement: { effectId, as: 'cancelled' } };
    const channel = channels.get(effect.channel);
    if (!channel || !shown) {
      const why = channel ? 'its line is gone' : `the channel ${effect.channel} is not connected`;
      const at = nextTry(now(), effect.attempts);
      return { settlement: { effectId, as: 'retry', at, why } };
    }
    const delivery = await channel.deliver(effect, shown).catch((error: unknown): Delivery => {
      return { as: 'ambiguous', why: error instanceof Error ? error.name : 'error' };
    });
    return { settlement: settlementOf(effect, delivery, now()) };
  };
}
