import type { AccountChange, Effect, OutboxEffect } from '../dialogue/effect.ts';

const WORK: ReadonlySet<Effect['kind']> = new Set([
  'read',
  'submit',
  'apply',
  'share',
  'timeline',
  'fetch',
  'pair',
  'tell',
  'erase',
  'rate',
]);

/** Work of the outbox, which has no line of the transcript. */
export function isWork(effect: Effect): effect is Exclude<OutboxEffect, { kind: 'send' }> {
  const { kind } = effect;
  return WORK.has(kind);
}

/** Cases of one conversation reach whoever decides them in the order in which they were sent. */
export function laneOf({ kind }: OutboxEffect, conversationId: string): string | null {
  return kind === 'submit' ? `s:${conversationId}` : null;
}

export function isAccountChange(effect: Effect): effect is AccountChange {
  return effect.kind === 'joinAccounts' || effect.kind === 'leaveAccount';
}
