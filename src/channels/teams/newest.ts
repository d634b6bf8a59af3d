const MOST_CHATS = 10_000;

/** What was last known of each chat; the oldest chats are forgotten. */
export class Newest<T> {
  readonly #known = new Map<string, T>();

  get(chatId: string): T | undefined {
    return this.#known.get(chatId);
  }

  set(chatId: string, value: T): void {
    this.#known.delete(chatId);
    this.#known.set(chatId, value);
    if (this.#known.size <= MOST_CHATS) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}
