import { setTimeout as sleep } from 'node:timers/promises';

/** What is told to the bot: `event_name` and `message`. */
export type Update = Record<string, unknown>;

interface Webhook {
  url: string;
  secret: string;
}

/** A delivery that was refused so often is given up. */
const MOST_TRIES = 100;

/**
 * What waits to be told to the bot. A poll forgets what it hands over; a webhook is asked again until
 * it says 2xx. While a webhook is set polls get nothing, and no error either.
 */
export class Updates {
  readonly #waiting: Update[] = [];
  #held = false;
  #webhook: Webhook | null = null;
  #delivering = false;
  #closed = false;
  #wakePoll: () => void = () => {};
  /** As the documentation has it: `{ ok, result }`; else flat, as it arrives. */
  wrapped = false;
  /** Where a public address really is. */
  readonly addresses = new Map<string, string>();
  /** How every delivery to a webhook was answered. */
  readonly told: number[] = [];

  get webhook(): Webhook | null {
    return this.#webhook;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  add(update: Update): Update {
    this.#waiting.push(update);
    this.#wake();
    return update;
  }

  /** What comes while `send` runs is handed over latest first. */
  async reversed(send: () => Promise<void>): Promise<void> {
    this.#held = true;
    await send();
    this.#waiting.reverse();
    this.#held = false;
    this.#wake();
  }

  /** The next update, handed over for good; undefined when the time is up. */
  async poll(timeoutMs: number, gone: Promise<void>): Promise<Update | undefined> {
    const until = performance.now() + timeoutMs;
    const ended = gone.then(() => true);
    for (;;) {
      if (this.#ready && !this.#webhook) return this.#waiting.shift();
      const left = until - performance.now();
      if (left <= 0 || this.#closed) return undefined;
      const woken = new Promise<false>((wake) => {
        this.#wakePoll = () => wake(false);
      });
      const late = sleep(left, false, { ref: false });
      if (await Promise.race([woken, late, ended])) return undefined;
    }
  }

  setWebhook(webhook: Webhook | null): void {
    this.#webhook = webhook;
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wakePoll();
  }

  get #ready(): boolean {
    return !this.#held && this.#waiting.length > 0;
  }

  #wake(): void {
    this.#wakePoll();
    void this.#deliver();
  }

  async #deliver(): Promise<void> {
    if (this.#delivering) return;
    this.#delivering = true;
    let tries = 0;
    while (this.#webhook && this.#ready && !this.#closed) {
      const [next] = this.#waiting;
      tries += 1;
      if ((next && (await this.#post(this.#webhook, next))) || tries >= MOST_TRIES) {
        this.#waiting.shift();
        tries = 0;
      } else await sleep(60);
    }
    this.#delivering = false;
  }

  async #post({ url, secret }: Webhook, update: Update): Promise<boolean> {
    const { origin, pathname } = new URL(url);
    const status = await fetch((this.addresses.get(origin) ?? origin) + pathname, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Java/17.0.9',
        'x-bot-api-secret-token': secret,
      },
      body: JSON.stringify(this.wrapped ? { ok: true, result: update } : update),
      signal: AbortSignal.timeout(10_000),
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    this.told.push(status);
    return status >= 200 && status < 300;
  }
}
