import type { AccountChange, Effect, OutboxEffect } from '../dialogue/effect.ts';

/** Work of the outbox, which has no line of the transcript. */
export function isWork(effect: Effect): effect is Exclude<OutboxEffect, { kind: 'send' }> {
  const { kind } = effect;
  return ['read', 'submit', 'fetch', 'pair', 'tell', 'erase'].includes(kind);
}

/** Cases of one conversation reach whoever decides them in the order in which they were sent. */
export function laneOf({ kind }: OutboxEffect, conversationId: string): string | null {
  return kind === 'submit' ? `s:${conversationId}` : null;
}

export function isAccountChange(effect: Effect): effect is AccountChange {
  return effect.kind === 'joinAccounts' || effect.kind === 'leaveAccount';
}
