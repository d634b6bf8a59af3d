import { GoneSchema, LineSchema } from '../../channels/web/wire.ts';
import type { Action } from './conversation.ts';

/** Heartbeats come every 15 s; after three missed ones the line is dead. */
const SILENCE = 50_000;
const PAUSES = [1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * Follows the conversation until stopped. The browser repairs short breaks itself; this repairs
 * the others: an answer that is no stream, and a line that died without a word (a phone asleep).
 */
export class Stream {
  readonly #dispatch: (action: Action) => void;
  /** Opens the session; false when there is no server. */
  readonly #session: () => Promise<boolean>;
  readonly #ready: () => void;
  #source: EventSource | null = null;
  /** Rises with each start and stop: one that was overtaken while it waited opens nothing. */
  #attempt = 0;
  #seen = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    dispatch: (action: Action) => void,
    session: () => Promise<boolean>,
    ready: () => void,
  ) {
    this.#dispatch = dispatch;
    this.#session = session;
    this.#ready = ready;
  }

  async start(): Promise<void> {
    this.stop();
    this.#wait(SILENCE);
    const attempt = this.#attempt;
    const opened = await this.#session();
    if (attempt !== this.#attempt) return;
    if (!opened) {
      this.#later();
      return;
    }
    const source = new EventSource(`/api/chat/stream?after=${this.#seen}`);
    this.#source = source;
    source.onopen = () => this.#wait(SILENCE);
    source.onerror = () => {
      if (this.#source !== source) return;
      this.#dispatch({ do: 'link', link: 'lost' });
      if (source.readyState === EventSource.CLOSED) this.#later();
    };
    source.onmessage = (message) => {
      this.#wait(SILENCE);
      const line = LineSchema.safeParse(parse(message.data));
      if (!line.success) return;
      this.#seen = Math.max(this.#seen, line.data.id);
      this.#dispatch({ do: 'line', line: line.data });
    };
    source.addEventListener('gone', (message) => {
      const gone = GoneSchema.safeParse(parse(message.data));
      if (gone.success) this.#dispatch({ do: 'gone', id: gone.data.id });
    });
    source.addEventListener('beat', () => this.#wait(SILENCE));
    source.addEventListener('ready', () => {
      this.#failures = 0;
      this.#wait(SILENCE);
      this.#dispatch({ do: 'ready' });
      this.#ready();
    });
  }

  /** The network is gone: the browser would notice only when the next heartbeats stay away. */
  lose(): void {
    this.stop();
    this.#dispatch({ do: 'link', link: 'offline' });
    this.#later();
  }

  stop(): void {
    this.#attempt += 1;
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  /** The page is looked at again, or the network is back: do not wait out a pause. */
  hurry(): void {
    if (this.#source === null || this.#source.readyState === EventSource.CLOSED) void this.start();
  }

  #later(): void {
    const pause = PAUSES[Math.min(this.#failures, PAUSES.length - 1)] ?? 30_000;
    this.#failures += 1;
    this.#source?.close();
    this.#source = null;
    this.#wait(pause);
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.start(), milliseconds);
  }
}

function parse(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
