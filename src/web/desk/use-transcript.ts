import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type LineView, TranscriptSchema } from '../../desk/wire/conversations.ts';
import { get, Trouble } from './api.ts';
import { useNews } from './live.ts';

/**
 * The lines of a conversation, kept up to date. New ones are read from the oldest line that was
 * still on its way, for its delivery may have changed since.
 */
export function useTranscript(conversationId: string): {
  lines: LineView[] | null;
  trouble: Trouble | null;
  reload: () => void;
} {
  const [lines, setLines] = useState<LineView[] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const known = useRef<LineView[]>([]);
  const running = useRef<{ control: AbortController; again: boolean } | null>(null);

  const reload = useCallback(async () => {
    if (running.current) {
      running.current.again = true;
      return;
    }
    const run = { control: new AbortController(), again: false };
    running.current = run;
    const { signal } = run.control;
    try {
      do {
        run.again = false;
        known.current = await readOn(conversationId, known.current, signal);
        if (signal.aborted) return;
        setLines(known.current);
        setTrouble(null);
      } while (run.again);
    } catch (error) {
      if (!signal.aborted && error instanceof Trouble) setTrouble(error);
    } finally {
      if (running.current === run) running.current = null;
    }
  }, [conversationId]);

  useEffect(() => {
    known.current = [];
    setLines(null);
    void reload();
    return () => {
      running.current?.control.abort();
      running.current = null;
    };
  }, [reload]);
  useNews((changed) => {
    if (changed === null || changed === conversationId) void reload();
  });
  return { lines, trouble, reload: () => void reload() };
}

async function readOn(
  conversationId: string,
  known: LineView[],
  signal: AbortSignal,
): Promise<LineView[]> {
  const path = `/conversations/${encodeURIComponent(conversationId)}/transcript`;
  let lines = known;
  for (let more = true, after = resumeAfter(known); more; ) {
    const page = await get(`${path}?after=${after}`, TranscriptSchema, signal);
    const from = after;
    lines = [...lines.filter((line) => line.id <= from), ...page.lines];
    more = page.more;
    after = page.lines.at(-1)?.id ?? after;
  }
  return lines;
}

/** The last line before everything that may have changed; 0 for the beginning. */
function resumeAfter(lines: LineView[]): number {
  const open = lines.findIndex((line) => line.delivery === 'due');
  const settled = open === -1 ? lines : lines.slice(0, open);
  return settled.at(-1)?.id ?? 0;
}
