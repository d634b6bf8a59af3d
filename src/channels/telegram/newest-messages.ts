/** Chats whose newest message is remembered. */
const MOST_CHATS = 10_000;

/**
 * The newest message of each chat, ours or theirs, as far as this process knows. Within a private
 * chat ids rise, so that an older one can be told from the last thing that somebody sees.
 */
export class NewestMessages {
  readonly #newest = new Map<string, number>();

  see(chatId: string, messageId: number): void {
    const newest = Math.max(messageId, this.#newest.get(chatId) ?? 0);
    this.#newest.delete(chatId);
    this.#newest.set(chatId, newest);
    if (this.#newest.size <= MOST_CHATS) return;
    for (const oldest of this.#newest.keys()) {
      this.#newest.delete(oldest);
      return;
    }
  }

  /** Whether something stands under this message already. */
  isPast(chatId: string, messageId: number): boolean {
    return (this.#newest.get(chatId) ?? 0) > messageId;
  }
}
