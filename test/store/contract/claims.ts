import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/contract.ts';
import { base, decideForReal, text } from '../turns.ts';
import type { TestBed } from './test-bed.ts';

const ROUNDS = 1000;
/** Conversations that are claimed beside each other. */
const AT_A_TIME = 8;

async function claim(store: Store, chatId: string, agentId: string): Promise<boolean> {
  const event = {
    ...base(chatId),
    type: 'agentActed' as const,
    act: 'takeOver' as const,
    agentId,
    agentName: agentId,
    from: null,
  };
  const [outcome] = await store.commit([event], decideForReal, []);
  return outcome?.owner?.agentId === agentId;
}

/** Two agents, each at a store, claim each of so many conversations in the same instant. */
export async function compete(first: Store, second: Store, rounds: number): Promise<void> {
  const chats = Array.from({ length: rounds }, (_, n) => `chat-${n}`);
  await first.commit(
    chats.map((chat) => text(chat)),
    decideForReal,
    [],
  );
  let next = 0;
  const play = async () => {
    for (let n = next++; n < rounds; n = next++) {
      const chat = `chat-${n}`;
      // Each in a transaction of its own, begun while the other's may be under way.
      const [lan, huy] =
        n % 2 === 0
          ? await Promise.all([claim(first, chat, 'lan'), claim(second, chat, 'huy')])
          : await Promise.all([claim(second, chat, 'lan'), claim(first, chat, 'huy')]);
      expect([lan, huy].filter(Boolean), chat).toHaveLength(1);
      const row = await first.conversationByChat('web', chat);
      const agentId = lan ? 'lan' : 'huy';
      expect(row?.owner, chat).toMatchObject({ who: 'agent', agentId, epoch: 1 });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, play));
}

export function claimsSuite(bed: TestBed): void {
  describe(`claims on a conversation in ${bed.engine}`, () => {
    it(`are won by exactly one of two agents, ${ROUNDS} times at once`, async () => {
      await compete(bed.store, bed.store, ROUNDS);
    }, 120_000);
  });
}
