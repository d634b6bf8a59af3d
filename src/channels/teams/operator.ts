import type { TeamsOptions } from './options.ts';
import type { Trouble } from './trouble.ts';

const SIGN_IN =
  'Microsoft does not let the bot sign in: check TEAMS_APP_ID, TEAMS_APP_PASSWORD (it may have ' +
  'expired), TEAMS_TENANT_ID and TEAMS_APP_TYPE. The other channels go on; Teams is tried again.';

/** Tells the operator once what only they can mend, and when it is over. */
export class Operator {
  readonly #log: TeamsOptions['log'];
  #told = false;

  constructor(log: TeamsOptions['log']) {
    this.#log = log;
  }

  hear({ kind, why }: Trouble): void {
    if (kind !== 'signIn' || this.#told) return;
    this.#told = true;
    this.#log.error({ why }, SIGN_IN);
  }

  well(): void {
    if (this.#told) this.#log.info('the bot signs in to Teams again');
    this.#told = false;
  }
}
