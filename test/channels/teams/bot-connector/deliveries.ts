import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectorServer } from './connector-server.ts';

export type Sent = Record<string, unknown>;

/**
 * What Teams delivers to the bot: signed, one after the other for each chat, and once more what was
 * not answered or answered with 5xx.
 */
export class Deliveries {
  readonly #server: ConnectorServer;
  /** Where the bot listens. */
  address = '';
  /** What the bot answered, oldest first. */
  readonly answers: { status: number; body: unknown }[] = [];
  readonly #queues = new Map<string, Promise<unknown>>();
  #held: { chatId: string; activity: Sent }[] | null = null;
  #stopped = false;

  constructor(server: ConnectorServer) {
    this.#server = server;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Resolves with the bot's answer. */
  async add(chatId: string, activity: Sent): Promise<unknown> {
    if (this.#held) {
      this.#held.push({ chatId, activity });
      return null;
    }
    const before = this.#queues.get(chatId) ?? Promise.resolve();
    const now = before.then(() => this.#deliver(activity));
    this.#queues.set(chatId, now);
    return now;
  }

  /** What is done in `act` arrives the other way round. */
  async reversed(act: () => Promise<void>): Promise<void> {
    this.#held = [];
    await act();
    const held = this.#held.reverse();
    this.#held = null;
    for (const { chatId, activity } of held) await this.add(chatId, activity);
  }

  /** One try, with any token. */
  async post(activity: unknown, authorization: string | null): Promise<Response> {
    return fetch(`${this.address}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === null ? {} : { authorization }),
      },
      body: JSON.stringify(activity),
    });
  }

  async #deliver(activity: Sent): Promise<unknown> {
    while (!this.#stopped) {
      const token = await this.#server.identity.sign(this.#server.serviceUrl);
      const response = await this.post(activity, `Bearer ${token}`).catch(() => null);
      if (response && response.status < 500) {
        const body = (await response.json()) as unknown;
        this.answers.push({ status: response.status, body });
        return body;
      }
      await response?.body?.cancel();
      await sleep(50);
    }
    return null;
  }
}
