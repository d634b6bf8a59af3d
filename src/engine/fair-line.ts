import type { DueEffect } from '../store/contract.ts';

/**
 * Effects that wait, in order within a conversation; conversations take turns. Somebody who sends
 * hundreds of photos waits for them, and nobody else does.
 */
export class FairLine {
  /** The conversation whose turn is next comes first. */
  readonly #waiting = new Map<string, DueEffect[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(due: DueEffect): void {
    const own = this.#waiting.get(due.conversationId);
    if (own) own.push(due);
    else this.#waiting.set(due.conversationId, [due]);
    this.#length += 1;
  }

  shift(): DueEffect | undefined {
    const [next] = this.#waiting;
    if (!next) return undefined;
    const [conversationId, own] = next;
    const due = own.shift();
    this.#length -= 1;
    this.#waiting.delete(conversationId);
    if (own.length > 0) this.#waiting.set(conversationId, own);
    return due;
  }
}
