import { z } from 'zod';
import type { Store } from '../../store/contract.ts';

const NAME = 'caseServer.applications';
const IdsSchema = z.array(z.string());

/**
 * Ids of the applications that the other server has and that wait there, as far as is known here.
 * One that is gone here while it is among them was erased or replaced: it is to be withdrawn there.
 */
export class HandedApplications {
  readonly #store: Pick<Store, 'offerDocument' | 'swapDocument'>;

  constructor(store: Pick<Store, 'offerDocument' | 'swapDocument'>) {
    this.#store = store;
  }

  async all(): Promise<string[]> {
    return IdsSchema.parse(JSON.parse(await this.#store.offerDocument(NAME, '[]', true)));
  }

  add(id: string): Promise<void> {
    return this.#change((ids) => (ids.includes(id) ? ids : [...ids, id]));
  }

  remove(id: string): Promise<void> {
    return this.#change((ids) => ids.filter((other) => other !== id));
  }

  /** Until nobody else has changed it in between. */
  async #change(change: (ids: string[]) => string[]): Promise<void> {
    for (;;) {
      const before = await this.#store.offerDocument(NAME, '[]', true);
      const after = JSON.stringify(change(IdsSchema.parse(JSON.parse(before))));
      if (after === before) return;
      if (await this.#store.swapDocument(NAME, before, after, true)) return;
    }
  }
}
