import { describe, expect, it } from 'vitest';
import type { Channel, Delivery } from '../../src/channels/contract.ts';
import type { ChannelName } from '../../src/dialogue/event.ts';
import { createSend } from '../../src/engine/send.ts';

const NOW = 1_000_000;

/** How a harmless send is settled that its channel delivered so. */
async function settled(delivery: Delivery) {
  const channel = { name: 'zalo-oa', deliver: async () => delivery } as unknown as Channel;
  const channels = new Map<ChannelName, Channel>([['zalo-oa', channel]]);
  const send = createSend({ store: { ownerEpoch: async () => 0 }, channels, now: () => NOW });
  const performed = await send({
    effectId: 7,
    conversationId: 'c1',
    channel: 'zalo-oa',
    chatId: '1',
    lane: 'p',
    dueAt: 0,
    expiresAt: null,
    attempts: 0,
    repeat: 'safe',
    attemptedAt: null,
    epoch: 0,
    lineId: 1,
    shown: { text: 'Có tin', choices: [], pictures: [] },
    effect: { kind: 'send', reply: { key: 'x' }, push: true },
  });
  return 'settlement' in performed ? performed.settlement : performed;
}

describe('a send', () => {
  it('that waits for something of its own leaves its lane', async () => {
    const at = NOW + 60_000;
    const delivery = { as: 'transient', why: 'no way now', at, deferred: true } as const;
    const why = 'no way now';
    expect(await settled(delivery)).toEqual({ effectId: 7, as: 'retry', at, why, deferred: true });
    const { deferred: _, ...inLane } = delivery;
    expect(await settled(inLane)).toEqual({ effectId: 7, as: 'retry', at, why });
  });

  it('that may have gone out is tried again, unless twice would cost', async () => {
    expect(await settled({ as: 'ambiguous', why: 'lost' })).toMatchObject({ as: 'retry' });
    const costly = await settled({ as: 'ambiguous', why: 'lost', harmful: true });
    expect(costly).toEqual({ effectId: 7, as: 'ambiguous', why: 'lost' });
  });
});
