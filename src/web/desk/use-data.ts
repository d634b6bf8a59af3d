import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import { get, Trouble } from './api.ts';
import { useNews } from './live.ts';

/** Between a reading and the next one, when news came meanwhile. */
const PAUSE = 500;

export interface Data<T> {
  /** What was read last; kept while it is read again and when that fails. */
  data: T | null;
  trouble: Trouble | null;
  reload: () => void;
}

/**
 * Reads a path now, and again with the news that concern it. News that come while it is being read
 * are read once afterwards: a busy hour neither piles requests up nor starves the page.
 * @param concerns whether news of this conversation may have changed it; all news by default
 */
export function useData<S extends z.ZodMiniType>(
  path: string,
  schema: S,
  concerns: (conversationId: string, data: z.infer<S> | null) => boolean = () => true,
): Data<z.infer<S>> {
  const [state, setState] = useState<{
    path: string;
    data: z.infer<S> | null;
    trouble: Trouble | null;
  }>({ path, data: null, trouble: null });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<{ control: AbortController; again: boolean } | null>(null);

  const reload = useCallback(() => {
    if (running.current) {
      running.current.again = true;
      return;
    }
    const run = { control: new AbortController(), again: false };
    running.current = run;
    const { signal } = run.control;
    get(path, schema, signal)
      .then(
        (data) => {
          if (!signal.aborted) setState({ path, data, trouble: null });
        },
        (error: unknown) => {
          if (signal.aborted || !(error instanceof Trouble)) return;
          setState((before) => ({
            path,
            data: before.path === path ? before.data : null,
            trouble: error,
          }));
        },
      )
      .finally(() => {
        if (signal.aborted) return;
        running.current = null;
        // A busy hour must not keep the page reading without end.
        if (run.again) timer.current = setTimeout(reload, PAUSE);
      });
  }, [path, schema]);

  useEffect(() => {
    reload();
    return () => {
      clearTimeout(timer.current);
      running.current?.control.abort();
      running.current = null;
    };
  }, [reload]);

  // What was read for another path is not this path's.
  const data = state.path === path ? state.data : null;
  useNews((conversationId) => {
    if (conversationId === null || concerns(conversationId, data)) reload();
  });
  return { data, trouble: state.path === path ? state.trouble : null, reload };
}
