import type { TelegramOptions } from './options.ts';
import type { Trouble } from './trouble.ts';

const SENTENCES = {
  token:
    'Telegram refuses the bot token: copy it again from @BotFather into TELEGRAM_BOT_TOKEN and restart. ' +
    'The other channels go on; Telegram is tried again from time to time.',
  conflict:
    "Another program asks for this bot's updates: stop it, or give it a bot of its own. " +
    'The other channels go on; Telegram is tried again from time to time.',
  other: 'Telegram cannot be used now; it is tried again until it works.',
} as const;

/** Tells the operator in one sentence what is wrong, once for each trouble, and when it is over. */
export class Operator {
  readonly #log: TelegramOptions['log'];
  #told: keyof typeof SENTENCES | null = null;

  constructor(log: TelegramOptions['log']) {
    this.#log = log;
  }

  /** Telegram delivered elsewhere before. Of the address, which may hold a secret, only the host is told. */
  hearOfWebhook(address: string): void {
    const host = URL.canParse(address) ? new URL(address).host : 'unknown';
    this.#log.warn(
      { host },
      "Telegram delivered this bot's updates to another address until now; from now on they come here. " +
        'If a program still waits for them there, give it a bot of its own.',
    );
  }

  hear({ kind, why }: Trouble): void {
    const what = kind === 'token' || kind === 'conflict' ? kind : 'other';
    if (this.#told === what) return;
    this.#told = what;
    if (what === 'other') this.#log.warn({ why }, SENTENCES.other);
    else this.#log.error(SENTENCES[what]);
  }

  well(): void {
    if (this.#told !== null) this.#log.info('Telegram works again');
    this.#told = null;
  }
}
