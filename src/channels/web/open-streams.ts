/** Tabs of one chat that may listen at a time. */
const MOST_STREAMS = 10;

/** Who is listening now, by chat. */
export class OpenStreams {
  readonly #open = new Map<AbortController, string>();

  /** True while a page of the chat listens: it shows a line the moment it is there. */
  has(chatId: string): boolean {
    return this.#of(chatId) > 0;
  }

  full(chatId: string): boolean {
    return this.#of(chatId) >= MOST_STREAMS;
  }

  add(chatId: string): AbortController {
    const ended = new AbortController();
    this.#open.set(ended, chatId);
    return ended;
  }

  end(ended: AbortController): void {
    this.#open.delete(ended);
    ended.abort();
  }

  endAll(): void {
    for (const ended of this.#open.keys()) this.end(ended);
  }

  #of(chatId: string): number {
    return [...this.#open.values()].filter((chat) => chat === chatId).length;
  }
}
