import type { Perform } from '../engine/perform.ts';
import type { Store } from '../store/contract.ts';
import type { CaseBackend } from './contract.ts';

export interface SubmitOptions {
  store: Pick<Store, 'openCase' | 'caseById'>;
  backend: CaseBackend;
  /** Masks the case's photos ahead of the agent's first look. */
  prepareMasks?: (blobIds: readonly string[]) => void;
  now: () => number;
}

/**
 * Opens a form's case and hands it to the backend. Safe to repeat: the case's id is the key under
 * which the store and the backend know it again.
 */
export function createSubmit(options: SubmitOptions): Perform<'submit'> {
  const { store, backend, prepareMasks, now } = options;
  return async ({ effectId, effect, conversationId, channel, chatId }) => {
    const { draft } = effect;
    const opened = await store.openCase({ conversationId, draft });
    const base = { eventId: `submit:${effectId}`, at: now(), channel, chatId };
    const about = { formId: draft.formId, caseId: draft.caseId };
    if (opened.outcome === 'duplicate') {
      const { outcome, own } = opened;
      return { result: { ...base, type: 'submitted', ...about, outcome, own } };
    }
    prepareMasks?.(draft.photos.map(({ blobId }) => blobId));
    const row = await store.caseById(draft.caseId);
    if (row) await backend.submit(row);
    const { outcome, number } = opened;
    return { result: { ...base, type: 'submitted', ...about, outcome, number } };
  };
}
