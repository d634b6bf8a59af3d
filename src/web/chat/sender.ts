import { type Answer, send } from './api.ts';
import type { Action, Outgoing, Pending } from './conversation.ts';
import type { Language } from './texts.ts';
import { forgetUnsent, keepUnsent, unsent } from './unsent.ts';

const RETRY = 5_000;
/** How long an accepted message is shown when its line does not come (it had come before). */
const SETTLE = 2_500;

/**
 * Sends messages one after the other, in the order in which they were written. One that finds no
 * server waits with all behind it and goes out again under the same id; one that was refused is
 * marked and lets the next one pass.
 */
export class Sender {
  readonly #queue: Pending[] = [];
  readonly #dispatch: (action: Action) => void;
  readonly #renew: () => Promise<boolean>;
  readonly #language: () => Language;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param renew opens a session anew when the server knows none; true when it did */
  constructor(
    dispatch: (action: Action) => void,
    renew: () => Promise<boolean>,
    language: () => Language,
  ) {
    this.#dispatch = dispatch;
    this.#renew = renew;
    this.#language = language;
  }

  /** Shows the message and sends it when its turn comes. */
  add(what: Outgoing, id: string = makeId(), at = Date.now()): void {
    if (what.type === 'text') keepUnsent({ id, at, text: what.text });
    const pending: Pending = { id, at, what, state: 'sending', sentence: null, seen: false };
    this.#dispatch({ do: 'add', pending });
    this.#queue.push(pending);
    void this.go();
  }

  /** Takes up the texts that an earlier page could not send. */
  takeUp(): void {
    const known = new Set(this.#queue.map((one) => one.id));
    for (const { id, at, text } of unsent()) {
      if (!known.has(id)) this.add({ type: 'text', text }, id, at);
    }
  }

  again(pending: Pending): void {
    if (!this.#queue.some((one) => one.id === pending.id)) this.#queue.push(pending);
    void this.go();
  }

  drop(id: string): void {
    const index = this.#queue.findIndex((one) => one.id === id);
    if (index >= 0) this.#queue.splice(index, 1);
    forgetUnsent(id);
    this.#dispatch({ do: 'forget', id });
  }

  /** Sends what waits; does nothing while it is at it already. */
  async go(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      this.#mark(head.id, 'sending');
      const answer = await this.#send(head);
      if (answer.as === 'offline' || answer.as === 'noSession') {
        for (const one of this.#queue) this.#mark(one.id, 'waiting');
        this.#timer = setTimeout(() => void this.go(), RETRY);
        break;
      }
      const place = this.#queue.indexOf(head);
      if (place >= 0) this.#queue.splice(place, 1);
      this.#finish(head.id, answer);
    }
    this.#busy = false;
  }

  async #send(head: Pending): Promise<Answer> {
    const answer = await send(head.id, head.what, this.#language());
    if (answer.as !== 'noSession' || !(await this.#renew())) return answer;
    return send(head.id, head.what, this.#language());
  }

  #finish(id: string, answer: Answer): void {
    if (answer.as === 'refused') {
      this.#mark(id, 'failed', answer.sentence);
      return;
    }
    forgetUnsent(id);
    this.#mark(id, 'accepted');
    setTimeout(() => this.#dispatch({ do: 'forget', id }), SETTLE);
  }

  #mark(id: string, state: Pending['state'], sentence: string | null = null): void {
    this.#dispatch({ do: 'mark', id, state, sentence });
  }
}

/** A version 4 UUID, also on plain http, where browsers have no crypto.randomUUID. */
function makeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
