import type { Store } from '../store/contract.ts';
import type { Perform } from './perform.ts';

/** Keeps how an installer found the handling of a case. Repeated, it is kept once. */
export function createRate({ store }: { store: Pick<Store, 'rate'> }): Perform<'rate'> {
  return async ({ effectId, effect, dueAt }) => {
    await store.rate(effect.caseId, effect.score, dueAt);
    return { settlement: { effectId, as: 'done' } };
  };
}
