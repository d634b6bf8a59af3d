import type { Hint } from '../store/contract.ts';
import type { DeskOptions } from './options.ts';

const HEARTBEAT = 15_000;

/**
 * The server-sent events of one page, without end: `ready`, then `changed` with the conversation's
 * id whenever it or its cases have news, `writing` while a colleague writes and `typing` while the
 * installer does, however often that is since the page last took something.
 * A page that was cut off reads everything again at `ready`.
 * @param signedIn asked at each heartbeat; once false, `signedOut` is the last event
 * @param signal ends the stream
 */
export async function* changesOf(
  { live, hints, heartbeat = HEARTBEAT }: Pick<DeskOptions, 'live' | 'hints' | 'heartbeat'>,
  signedIn: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const news = new Set<string>();
  /** By who writes where, so that a page that takes nothing for a while hears of each once. */
  const writers = new Map<string, Hint>();
  let beat = false;
  let wake = () => {};
  const unsubscribe = live.subscribe((conversationId) => {
    news.add(conversationId);
    wake();
  });
  const stopHints = hints.subscribe((hint) => {
    if (hint.kind !== 'writing' && hint.kind !== 'typing') return;
    const who = hint.kind === 'writing' ? hint.agentId : '';
    writers.set(`${hint.conversationId} ${who}`, hint);
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
      if (news.size + writers.size === 0 && !beat)
        await new Promise<void>((resolve) => (wake = resolve));
      const changed = [...news];
      news.clear();
      for (const conversationId of changed) {
        yield `event: changed\ndata: ${JSON.stringify({ conversationId })}\n\n`;
      }
      const written = [...writers.values()];
      writers.clear();
      for (const { kind, ...who } of written) {
        yield `event: ${kind}\ndata: ${JSON.stringify(who)}\n\n`;
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
    stopHints();
  }
}
