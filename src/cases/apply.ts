import type { Perform } from '../engine/perform.ts';
import type { Store } from '../store/contract.ts';

export interface ApplyOptions {
  store: Pick<Store, 'keepApplication'>;
  /** Masks the licence's photos ahead of the agent's first look. */
  prepareMasks?: (blobIds: readonly string[]) => void;
  /** Tells the desk that this conversation has news. */
  tell?: (conversationId: string) => void;
}

/** Hands a company's particulars to the office. Safe to repeat: the store knows the application's id. */
export function createApply({ store, prepareMasks, tell }: ApplyOptions): Perform<'apply'> {
  return async ({ effectId, effect, conversationId }) => {
    const { application } = effect;
    await store.keepApplication(conversationId, application);
    prepareMasks?.(application.blobIds);
    tell?.(conversationId);
    return { settlement: { effectId, as: 'done' } };
  };
}
