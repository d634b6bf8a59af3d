import type { OaOptions } from './options.ts';
import { mendOf, whyOf } from './trouble.ts';

/** Tells the operator what only they can mend, once for each trouble until something works again. */
export class Operator {
  readonly #log: OaOptions['log'];
  readonly #told = new Set<string>();

  constructor(log: OaOptions['log']) {
    this.#log = log;
  }

  hear(error: unknown): void {
    const mend = mendOf(error);
    const why = whyOf(error);
    if (mend === null || this.#told.has(why)) return;
    this.#told.add(why);
    this.#log.error({ why }, `Zalo: ${mend}. The other channels go on; Zalo is tried again.`);
  }

  well(): void {
    if (this.#told.size > 0) this.#log.info('Zalo works again');
    this.#told.clear();
  }
}
