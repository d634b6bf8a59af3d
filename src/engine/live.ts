type Listener = (conversationId: string) => void;

/** Tells who listens that a conversation has news: new or changed lines, or news of its cases. */
export class Live {
  readonly #listeners = new Set<Listener>();

  /** The result ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(conversationId: string): void {
    for (const listener of this.#listeners) listener(conversationId);
  }
}
