import type { DeskOptions } from './options.ts';
import type { Writing } from './wire.ts';
import type { WritingHints } from './writing.ts';

const HEARTBEAT = 15_000;

/**
 * The server-sent events of one page, without end: `ready`, then `changed` with the conversation's
 * id whenever it or its cases have news, and `writing` while a colleague writes, however often that is since the page last took something.
 * A page that was cut off reads everything again at `ready`.
 * @param signedIn asked at each heartbeat; once false, `signedOut` is the last event
 * @param signal ends the stream
 */
export async function* changesOf(
  {
    live,
    writing,
    heartbeat = HEARTBEAT,
  }: Pick<DeskOptions, 'live' | 'heartbeat'> & { writing?: WritingHints },
  signedIn: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const news = new Set<string>();
  /** By conversation and agent, so that a page that takes nothing for a while hears of each once. */
  const hints = new Map<string, Writing>();
  let beat = false;
  let wake = () => {};
  const unsubscribe = live.subscribe((conversationId) => {
    news.add(conversationId);
    wake();
  });
  const stopHints = writing?.subscribe((hint) => {
    hints.set(`${hint.conversationId} ${hint.agentId}`, hint);
    wake();
  });
  const heart = setInterval(() => {
    beat = true;
    wake();
  }, heartbeat);
  const stop = () => wake();
  signal.addEventListener('abort', stop);
  try {
    yield 'retry: 2000\nevent: ready\ndata: {}\n\n';
    while (!signal.aborted) {
      if (news.size + hints.size === 0 && !beat)
        await new Promise<void>((resolve) => (wake = resolve));
      const changed = [...news];
      news.clear();
      for (const conversationId of changed) {
        yield `event: changed\ndata: ${JSON.stringify({ conversationId })}\n\n`;
      }
      const written = [...hints.values()];
      hints.clear();
      for (const hint of written) yield `event: writing\ndata: ${JSON.stringify(hint)}\n\n`;
      if (!beat) continue;
      beat = false;
      if (!(await signedIn())) {
        yield 'event: signedOut\ndata: {}\n\n';
        return;
      }
      yield ': beat\n\n';
    }
  } finally {
    clearInterval(heart);
    signal.removeEventListener('abort', stop);
    unsubscribe();
    stopHints?.();
  }
}
