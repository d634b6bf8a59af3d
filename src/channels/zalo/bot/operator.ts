import type { ZaloBotOptions } from './options.ts';
import type { Trouble } from './trouble.ts';

const SENTENCES = {
  token:
    'Zalo refuses the bot token: copy it again from Zalo Bot Manager into ZALO_BOT_TOKEN and restart. ' +
    'The other channels go on; Zalo is tried again from time to time.',
  elsewhere:
    "Zalo delivers this bot's messages to a webhook elsewhere, so that none come here: stop that program, " +
    'or give it a bot of its own, and restart.',
  other: 'Zalo cannot be used now; it is tried again until it works.',
} as const;

const LOSSY =
  'The Zalo bot is asked for messages, which is for trials only: Zalo forgets a message as soon as it hands ' +
  'it over, so what comes while this program stops or crashes is lost. Set PUBLIC_URL to an https address ' +
  'to have messages delivered.';

/** Tells the operator in one sentence what is wrong, once for each trouble, and when it is over. */
export class Operator {
  readonly #log: ZaloBotOptions['log'];
  #told: keyof typeof SENTENCES | null = null;

  constructor(log: ZaloBotOptions['log']) {
    this.#log = log;
  }

  warnOfLoss(): void {
    this.#log.warn(LOSSY);
  }

  hear({ kind, why }: Trouble): void {
    const what = kind === 'token' ? 'token' : 'other';
    if (this.#told === what) return;
    this.#told = what;
    if (what === 'other') this.#log.warn({ why }, SENTENCES.other);
    else this.#log.error(SENTENCES.token);
  }

  hearOfWebhook(): void {
    if (this.#told === 'elsewhere') return;
    this.#told = 'elsewhere';
    this.#log.error(SENTENCES.elsewhere);
  }

  /** Zalo answers; with a webhook elsewhere it answers too, with nothing. */
  answered(): void {
    if (this.#told !== 'elsewhere') this.well();
  }

  well(): void {
    if (this.#told !== null) this.#log.info('Zalo works again');
    this.#told = null;
  }
}
