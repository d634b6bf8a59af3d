import type { Writing } from './wire.ts';

/** Who writes where, told to the pages of this process as it happens; nothing of it is kept. */
export class WritingHints {
  private readonly listeners = new Set<(writing: Writing) => void>();

  tell(writing: Writing): void {
    for (const listener of this.listeners) listener(writing);
  }

  /** The result ends the subscription. */
  subscribe(listener: (writing: Writing) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
