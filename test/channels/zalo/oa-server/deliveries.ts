import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** An event as it was delivered: its bytes are what a second delivery repeats. */
export interface Delivered {
  body: string;
  timestamp: string;
}

/** Delivers events to the webhook, signed, again until they are taken. */
export class Deliveries {
  readonly #appId: string;
  readonly secretKey: string;
  /** Where the webhook is; '' = not entered yet. */
  url = '';
  /** Every answer, with how long it took (ms). */
  readonly answers: { status: number; ms: number; again: number }[] = [];
  /** Between a refusal and the next delivery; with Zalo it is 30 s to 1 h. */
  again = 60;
  #held: Delivered[] | null = null;
  #line: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(appId: string, secretKey: string) {
    this.#appId = appId;
    this.secretKey = secretKey;
  }

  /** Signs an event and delivers it in its turn. */
  send(event: Record<string, unknown>): Delivered {
    const timestamp = String(event.timestamp ?? Date.now());
    const delivered = { body: JSON.stringify({ ...event, timestamp }), timestamp };
    if (this.#held) this.#held.push(delivered);
    else this.repeat(delivered);
    return delivered;
  }

  repeat(delivered: Delivered): void {
    this.#line = this.#line.then(() => this.#untilTaken(delivered));
  }

  /** What comes while `send` runs is delivered latest first. */
  async reversed(send: () => Promise<void>): Promise<void> {
    this.#held = [];
    await send();
    const held = this.#held.reverse();
    this.#held = null;
    for (const delivered of held) this.repeat(delivered);
  }

  signatureOf({ body, timestamp }: Delivered): string {
    const signed = this.#appId + body + timestamp + this.secretKey;
    return `mac=${createHash('sha256').update(signed).digest('hex')}`;
  }

  async post({ body }: { body: string }, headers: Record<string, string>): Promise<number> {
    const began = performance.now();
    const status = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(10_000),
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    const again = Number(headers.num_retry ?? 0);
    this.answers.push({ status, ms: performance.now() - began, again });
    return status;
  }

  close(): void {
    this.#closed = true;
  }

  async #untilTaken(delivered: Delivered): Promise<void> {
    for (let again = 0; !this.#closed; again += 1) {
      const status = await this.post(delivered, {
        'x-zevent-signature': this.signatureOf(delivered),
        ...(again > 0 ? { num_retry: String(again) } : {}),
      });
      if (status === 200) return;
      await sleep(this.again);
    }
  }
}
