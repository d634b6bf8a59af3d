import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type LineView, TranscriptSchema } from '../../desk/wire.ts';
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
  const running = useRef<AbortController | null>(null);

  const reload = useCallback(async () => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const at = `/conversations/${encodeURIComponent(conversationId)}/transcript`;
    try {
      for (let more = true, after = resumeAfter(known.current); more; ) {
        const page = await get(`${at}?after=${after}`, TranscriptSchema, control.signal);
        known.current = [...known.current.filter((line) => line.id <= after), ...page.lines];
        more = page.more;
        after = page.lines.at(-1)?.id ?? after;
      }
      if (control.signal.aborted) return;
      setLines(known.current);
      setTrouble(null);
    } catch (error) {
      if (!control.signal.aborted && error instanceof Trouble) setTrouble(error);
    }
  }, [conversationId]);

  useEffect(() => {
    known.current = [];
    setLines(null);
    void reload();
    return () => running.current?.abort();
  }, [reload]);
  useNews((changed) => {
    if (changed === null || changed === conversationId) void reload();
  });
  return { lines, trouble, reload: () => void reload() };
}

/** The last line before everything that may have changed; 0 for the beginning. */
function resumeAfter(lines: LineView[]): number {
  const open = lines.findIndex((line) => line.delivery === 'due');
  const settled = open === -1 ? lines : lines.slice(0, open);
  return settled.at(-1)?.id ?? 0;
}
