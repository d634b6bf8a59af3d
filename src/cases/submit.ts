import type { Event } from '../dialogue/event.ts';
import { isOpenCase } from '../domain/case.ts';
import type { Perform } from '../engine/perform.ts';
import type { Settlement, Store } from '../store/contract.ts';
import type { CaseBackend } from './contract.ts';

export interface SubmitOptions {
  store: Pick<Store, 'openCase' | 'caseById'>;
  backend: CaseBackend;
  /** Masks the case's photos ahead of the agent's first look. */
  prepareMasks?: (blobIds: readonly string[]) => void;
  now: () => number;
}

/**
 * Opens a form's case and hands it to the backend, or what was added to a case that is open
 * already. Safe to repeat: the case's id is the key under which the store and the backend know it
 * again. While the backend does not answer, the person is told so once, and the effect waits.
 */
export function createSubmit(options: SubmitOptions): Perform<'submit'> {
  const { store, backend, prepareMasks, now } = options;
  return async ({ effectId, effect, attempts, conversationId, channel, chatId }) => {
    const draft = { backend: backend.name, ...effect.draft };
    const opened = await store.openCase({ conversationId, draft });
    const base = { eventId: `submit:${effectId}`, at: now(), channel, chatId };
    const about = { formId: draft.formId, caseId: draft.caseId };
    if (opened.outcome === 'duplicate') {
      const { outcome, own } = opened;
      return { result: { ...base, type: 'submitted', ...about, outcome, own } };
    }
    prepareMasks?.(draft.photos.map(({ blobId }) => blobId));
    const row = await store.caseById(draft.caseId);
    const { outcome, number } = opened;
    if (row && isOpenCase(row.status) && (row.draft.backend ?? 'desk') === backend.name) {
      // The same for every repetition of this effect, and another for what is added later.
      const key = `${draft.caseId}:${draft.submittedAt}`;
      const handed = await backend.submit(row, key, attempts);
      if (handed.as !== 'taken') {
        // Of this id a turn is made once: the person hears of a long wait once.
        const eventId = `submit:${effectId}:waits`;
        const result: Event = { ...base, eventId, type: 'caseWaits', ...about, number };
        const { why } = handed;
        const settlement: Settlement =
          handed.as === 'refused'
            ? { effectId, as: 'dead', why }
            : { effectId, as: 'retry', at: handed.at, why };
        return { result, settlement };
      }
    }
    return { result: { ...base, type: 'submitted', ...about, outcome, number } };
  };
}
