import type { Perform } from '../engine/perform.ts';
import type { Settlement, Store } from '../store/contract.ts';
import type { ApplicationBackend } from './contract.ts';

export interface ApplyOptions {
  store: Pick<Store, 'keepApplication' | 'verification'>;
  backend: ApplicationBackend;
  /** Masks the licence's photos ahead of the agent's first look. */
  prepareMasks?: (blobIds: readonly string[]) => void;
  /** Tells the desk that this conversation has news. */
  tell?: (conversationId: string) => void;
  now: () => number;
}

/**
 * Keeps a company's particulars and hands them to whoever decides. Safe to repeat: both know the
 * application's id. Of a long wait the person hears once, and of one that is not taken.
 */
export function createApply(options: ApplyOptions): Perform<'apply'> {
  const { store, backend, prepareMasks, tell, now } = options;
  return async ({ effectId, effect, attempts, conversationId, channel, chatId }) => {
    const application = { backend: backend.name, ...effect.application };
    const { applicationId } = application;
    await store.keepApplication(conversationId, application);
    prepareMasks?.(application.blobIds);
    tell?.(conversationId);
    const row = await store.verification(applicationId);
    const done: Settlement = { effectId, as: 'done' };
    // Decided meanwhile, replaced by a newer one, or left behind by another backend.
    if (row?.status !== 'waiting' || row.application.backend !== backend.name) {
      return { settlement: done };
    }
    const handed = await backend.apply(row, attempts);
    if (handed.as === 'taken') return { settlement: done };
    const { why } = handed;
    const how = handed.as === 'refused' ? 'untaken' : 'waits';
    return {
      result: {
        eventId: `apply:${effectId}:${how}`,
        at: now(),
        channel,
        chatId,
        type: 'applicationHeldUp',
        how,
      },
      settlement:
        handed.as === 'refused'
          ? { effectId, as: 'dead', why }
          : { effectId, as: 'retry', at: handed.at, why },
    };
  };
}
