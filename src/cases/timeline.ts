import type { Perform } from '../engine/perform.ts';
import type { Store } from '../store/contract.ts';

/** Looks up what became of a case. Its result is an event with the steps. */
export function createTimeline(options: {
  store: Pick<Store, 'caseSteps'>;
  now: () => number;
}): Perform<'timeline'> {
  const { store, now } = options;
  return async ({ effectId, effect, channel, chatId }) => {
    const { caseId } = effect;
    const steps = await store.caseSteps(caseId);
    const base = { eventId: `timeline:${effectId}`, at: now(), channel, chatId };
    return { result: { ...base, type: 'timelineRead', caseId, steps } };
  };
}
