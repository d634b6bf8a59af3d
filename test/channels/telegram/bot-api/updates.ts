import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from './refusal.ts';

export type Update = { update_id: number } & Record<string, unknown>;

interface Poll {
  answer: (updates: Update[]) => void;
  refuse: (refusal: Refusal) => void;
  limit: number;
}

export interface Webhook {
  url: string;
  secret: string | undefined;
  allowed: readonly string[] | null;
}

/**
 * What waits to be told to the bot. Kept until it is confirmed: by a higher offset, or by a 2xx of
 * the webhook, which is asked again until then.
 */
export class Updates {
  readonly #waiting: Update[] = [];
  readonly #repeats: Update[] = [];
  #held = false;
  #poll: Poll | null = null;
  #webhook: Webhook | null = null;
  #allowed: readonly string[] | null = null;
  #delivering = false;
  #closed = false;
  #nextId = 1000;
  /** Where a public address really is. */
  readonly addresses = new Map<string, () => string>();
  /** Every update that was handed over, with how it was taken. */
  readonly told: { id: number; status: number }[] = [];
  /** Polls that were answered with updates, and that were refused for a second one. */
  conflicts = 0;

  get webhook(): Webhook | null {
    return this.#webhook;
  }

  get unconfirmed(): number {
    return this.#waiting.length;
  }

  add(update: Record<string, unknown>): Update {
    const kept: Update = { update_id: this.#nextId++, ...update };
    const kind = Object.keys(update)[0] ?? '';
    if (this.#allowed === null || this.#allowed.includes(kind)) this.#waiting.push(kept);
    this.#wake();
    return kept;
  }

  /** Hands over updates once more although they were confirmed, as after a confirmation that got lost. */
  again(...updates: Update[]): void {
    this.#repeats.push(...updates);
    this.#wake();
  }

  /** What comes while `send` runs is handed over latest first. */
  async reversed(send: () => Promise<void>): Promise<void> {
    this.#held = true;
    await send();
    this.#waiting.reverse();
    this.#held = false;
    this.#wake();
  }

  /** @throws Refusal 409 with a webhook in force, or when another poll comes meanwhile */
  async poll(input: {
    offset: number;
    limit: number;
    timeoutMs: number;
    allowed: readonly string[] | null;
    gone: Promise<void>;
  }): Promise<Update[]> {
    const { offset, limit, timeoutMs, allowed, gone } = input;
    if (this.#webhook) {
      const why = "Conflict: can't use getUpdates method while webhook is active";
      throw new Refusal(409, why);
    }
    if (allowed) this.#allowed = allowed;
    if (this.#poll) {
      this.conflicts += 1;
      const why = 'Conflict: terminated by other getUpdates request';
      this.#poll.refuse(new Refusal(409, why));
      this.#poll = null;
    }
    const keep = this.#waiting.filter((update) => update.update_id >= offset);
    this.#waiting.splice(0, this.#waiting.length, ...keep);
    if (this.#ready || timeoutMs === 0) return this.#next(limit);
    return new Promise((answer, refuse) => {
      const poll: Poll = { answer, refuse, limit };
      this.#poll = poll;
      const end = (): void => {
        if (this.#poll !== poll) return;
        this.#poll = null;
        answer([]);
      };
      void gone.then(end);
      void sleep(timeoutMs, undefined, { ref: false }).then(end);
    });
  }

  setWebhook(webhook: Webhook | null): void {
    this.#webhook = webhook;
    if (webhook) this.#allowed = webhook.allowed;
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#poll?.answer([]);
    this.#poll = null;
  }

  get #ready(): boolean {
    return !this.#held && this.#waiting.length + this.#repeatable.length > 0;
  }

  /** A repeat follows its original: what was not confirmed yet is told in its turn anyway. */
  get #repeatable(): Update[] {
    return this.#repeats.filter((update) => !this.#waiting.includes(update));
  }

  /** Repeats are told once, whatever the offset. */
  #next(limit: number): Update[] {
    if (this.#held) return [];
    const repeats = this.#repeatable;
    for (const update of repeats) this.#repeats.splice(this.#repeats.indexOf(update), 1);
    return [...repeats, ...this.#waiting].slice(0, limit);
  }

  #wake(): void {
    const poll = this.#poll;
    if (poll && this.#ready) {
      this.#poll = null;
      poll.answer(this.#next(poll.limit));
    }
    void this.#deliver();
  }

  async #deliver(): Promise<void> {
    if (this.#delivering) return;
    this.#delivering = true;
    while (this.#webhook && this.#ready && !this.#closed) {
      const [repeat] = this.#repeatable;
      const line = repeat ? this.#repeats : this.#waiting;
      const next = repeat ?? line[0];
      if (next && (await this.#post(this.#webhook, next))) line.splice(line.indexOf(next), 1);
      else await sleep(60);
    }
    this.#delivering = false;
  }

  async #post({ url, secret }: Webhook, update: Update): Promise<boolean> {
    const { origin, pathname } = new URL(url);
    const status = await fetch((this.addresses.get(origin)?.() ?? origin) + pathname, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(10_000),
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    this.told.push({ id: update.update_id, status });
    return status >= 200 && status < 300;
  }
}
