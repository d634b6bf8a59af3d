import type { Hint, Store } from '../store/contract.ts';

type Listener = (hint: Hint) => void;

/**
 * What people do this moment: who writes, whose page is open. Told to who listens here and, through
 * the store's connection, in the other processes; kept nowhere, and no harm when one is lost.
 */
export class Hints {
  readonly #store: Pick<Store, 'tellHint'>;
  readonly #listeners = new Set<Listener>();

  constructor(store: Pick<Store, 'tellHint'>) {
    this.#store = store;
  }

  /** Of this process. */
  tell(hint: Hint): void {
    this.hear(hint);
    void this.#store.tellHint(hint);
  }

  /** From here or from elsewhere. */
  hear(hint: Hint): void {
    for (const listener of this.#listeners) listener(hint);
  }

  /** The result ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
