import type { Perform } from '../engine/perform.ts';
import type { Store } from '../store/contract.ts';

export interface EraseOptions {
  store: Pick<Store, 'deletePersonal' | 'audit'>;
  now: () => number;
}

/** Deletes a person's data at their own wish, and writes down that it was done. Safe to repeat. */
export function createErase({ store, now }: EraseOptions): Perform<'erase'> {
  return async ({ effectId, conversationId, channel, chatId }) => {
    const { photos, sadpStrings, lines } = await store.deletePersonal(conversationId);
    await store.audit({
      at: now(),
      actor: 'installer',
      action: 'conversation.erase',
      subject: conversationId,
      detail: `${photos}/${sadpStrings}/${lines}`,
    });
    const base = { eventId: `erase:${effectId}`, at: now(), channel, chatId };
    return { result: { ...base, type: 'erased', photos, sadpStrings, lines } };
  };
}
