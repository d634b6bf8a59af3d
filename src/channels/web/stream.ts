import type { TranscriptLine } from '../../store/contract.ts';
import type { WebChannelOptions } from './options.ts';
import type { Line } from './wire.ts';

const PAGE = 200;
const HEARTBEAT = 15_000;

/**
 * The server-sent events of one conversation, without end: the lines after `after`, then, as they
 * come, new ones. Their ids rise, so a page that was cut off goes on from the last one it saw.
 *
 * A bot's line is shown from its commit on. When it is later cancelled or expires (an agent took
 * over, say) `event: gone` takes it back: at once while this stream is open, and otherwise by
 * the page's next stream, which looks at the old lines again. `event: ready` ends the backlog;
 * `event: beat` lets proxies and the page know that the line is not dead.
 *
 * @param after line id; 0 for the whole conversation
 * @param signal ends the stream
 */
export async function* streamOf(
  options: WebChannelOptions,
  conversationId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const bell = makeBell();
  // Subscribed before the first look at the store, so that nothing falls between the two.
  const unsubscribe = options.live.subscribe((changed) => {
    if (changed === conversationId) bell.ring();
  });
  const heart = setInterval(() => bell.ring(true), options.heartbeat ?? HEARTBEAT);
  const stop = () => bell.ring();
  signal.addEventListener('abort', stop);
  try {
    yield 'retry: 2000\n\n';
    let seen = after;
    /** Shown lines whose delivery was still open. */
    const open = new Set<number>();
    let from = 0;
    let ready = false;
    while (!signal.aborted) {
      bell.clear();
      for await (const line of linesAfter(options, conversationId, from)) {
        if (signal.aborted) return;
        const gone = line.delivery === 'cancelled' || line.delivery === 'expired';
        if (gone && (open.has(line.id) || line.id <= after)) yield goneEvent(line.id);
        if (!gone && line.id > seen) yield lineEvent(line);
        if (line.delivery === 'due') open.add(line.id);
        else open.delete(line.id);
        seen = Math.max(seen, line.id);
      }
      if (!ready) yield 'event: ready\ndata: {}\n\n';
      ready = true;
      // The next look begins before the oldest line that may still change.
      from = Math.min(seen, ...[...open].map((id) => id - 1));
      if (await bell.heard()) yield 'event: beat\ndata: {}\n\n';
    }
  } finally {
    clearInterval(heart);
    signal.removeEventListener('abort', stop);
    unsubscribe();
  }
}

async function* linesAfter(
  options: WebChannelOptions,
  conversationId: string,
  after: number,
): AsyncGenerator<TranscriptLine> {
  for (let from = after; ; ) {
    const page = await options.store.transcript(conversationId, from, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = last.id;
  }
}

function lineEvent(line: TranscriptLine): string {
  const data = {
    id: line.id,
    at: line.at,
    author: line.author,
    agentName: line.agentName,
    language: line.language,
    shown: line.shown,
    photos: line.blobIds,
    delivery: line.delivery as Line['delivery'],
  } satisfies Line;
  return `id: ${line.id}\ndata: ${JSON.stringify(data)}\n\n`;
}

function goneEvent(id: number): string {
  return `event: gone\ndata: ${JSON.stringify({ id })}\n\n`;
}

/** Something to wait for that remembers having been rung while nobody waited. */
function makeBell() {
  let rung = false;
  let beat = false;
  let waiter: (() => void) | null = null;
  return {
    ring(asBeat = false) {
      rung = true;
      beat ||= asBeat;
      waiter?.();
    },
    clear() {
      rung = false;
    },
    /** Resolves when rung; true when a heartbeat is due. */
    async heard(): Promise<boolean> {
      if (!rung) await new Promise<void>((resolve) => (waiter = resolve));
      waiter = null;
      const due = beat;
      beat = false;
      return due;
    },
  };
}
