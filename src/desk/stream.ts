import type { DeskOptions } from './options.ts';

const HEARTBEAT = 15_000;

/**
 * The server-sent events of one page, without end: `ready`, then `changed` with the conversation's
 * id whenever it or its cases have news, however often that is since the page last took something.
 * A page that was cut off reads everything again at `ready`.
 * @param signedIn asked at each heartbeat; once false, `signedOut` is the last event
 * @param signal ends the stream
 */
export async function* changesOf(
  { live, heartbeat = HEARTBEAT }: Pick<DeskOptions, 'live' | 'heartbeat'>,
  signedIn: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const news = new Set<string>();
  let beat = false;
  let wake = () => {};
  const unsubscribe = live.subscribe((conversationId) => {
    news.add(conversationId);
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
      if (news.size === 0 && !beat) await new Promise<void>((resolve) => (wake = resolve));
      const changed = [...news];
      news.clear();
      for (const conversationId of changed) {
        yield `event: changed\ndata: ${JSON.stringify({ conversationId })}\n\n`;
      }
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
  }
}
