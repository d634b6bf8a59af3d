import type { WebChannelOptions } from './options.ts';

/** Tabs of one chat that may listen at a time. */
const MOST_STREAMS = 10;
/** How often other processes hear which pages are open here. */
const TELL_EVERY_MS = 15_000;
/** After so long without a word of it, a page elsewhere counts as closed: its process may be dead. */
const HOLDS_MS = 40_000;

/**
 * Who is listening now, by conversation: here, and at the other processes as far as their hints tell.
 * One that has just started knows nothing of the others' pages for some seconds.
 */
export class OpenStreams {
  readonly #hints: WebChannelOptions['hints'];
  readonly #now: () => number;
  readonly #open = new Map<string, Set<AbortController>>();
  /** Until when pages at other processes count as open. */
  readonly #elsewhere = new Map<string, number>();
  #telling: NodeJS.Timeout | null = null;
  #stopHearing: (() => void) | null = null;

  constructor({ hints, now = Date.now }: Pick<WebChannelOptions, 'hints' | 'now'>) {
    this.#hints = hints;
    this.#now = now;
  }

  start(): void {
    this.#stopHearing ??= this.#hints.subscribe(({ kind, conversationId }) => {
      if (this.#open.has(conversationId)) {
        // Closed there, and still open here.
        if (kind === 'shut') this.#hints.tell({ kind: 'open', conversationId });
        return;
      }
      if (kind === 'open') this.#elsewhere.set(conversationId, this.#now() + HOLDS_MS);
      if (kind === 'shut') this.#elsewhere.delete(conversationId);
    });
    this.#telling ??= setInterval(() => this.#tellAll(), TELL_EVERY_MS).unref();
  }

  stop(): void {
    if (this.#telling) clearInterval(this.#telling);
    this.#telling = null;
    this.#stopHearing?.();
    this.#stopHearing = null;
    this.endAll();
  }

  /** True while a page of the conversation listens: it shows a line the moment it is there. */
  has(conversationId: string): boolean {
    return (
      this.#open.has(conversationId) || (this.#elsewhere.get(conversationId) ?? 0) > this.#now()
    );
  }

  full(conversationId: string): boolean {
    return (this.#open.get(conversationId)?.size ?? 0) >= MOST_STREAMS;
  }

  add(conversationId: string): AbortController {
    const ended = new AbortController();
    const streams = this.#open.get(conversationId) ?? new Set();
    this.#open.set(conversationId, streams.add(ended));
    this.#hints.tell({ kind: 'open', conversationId });
    return ended;
  }

  end(conversationId: string, ended: AbortController): void {
    ended.abort();
    const streams = this.#open.get(conversationId);
    if (!streams?.delete(ended) || streams.size > 0) return;
    this.#open.delete(conversationId);
    this.#hints.tell({ kind: 'shut', conversationId });
  }

  endAll(): void {
    for (const [conversationId, streams] of this.#open) {
      for (const ended of streams) this.end(conversationId, ended);
    }
  }

  #tellAll(): void {
    for (const conversationId of this.#open.keys()) {
      this.#hints.tell({ kind: 'open', conversationId });
    }
    for (const [conversationId, until] of this.#elsewhere) {
      if (until <= this.#now()) this.#elsewhere.delete(conversationId);
    }
  }
}
