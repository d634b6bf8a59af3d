import { useEffect, useRef, useState } from 'preact/hooks';
import { ChangedSchema, TypingSchema, type Writing, WritingSchema } from '../../desk/wire/live.ts';
import { MeSchema } from '../../desk/wire/people.ts';
import { get } from './api.ts';

const AGAIN = 5000;

/** The conversation that has news; null after a break, when anything may have. */
type Listener = (conversationId: string | null) => void;

const listeners = new Set<Listener>();
const writers = new Set<(writing: Writing) => void>();
const typists = new Set<(conversationId: string) => void>();

/**
 * Listens to the server for the whole page.
 * @param onState whether the connection stands
 * @returns ends it
 */
export function listen(onState: (up: boolean) => void, onSignedOut: () => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (conversationId: string | null) => {
    for (const listener of listeners) listener(conversationId);
  };
  const open = () => {
    const stream = new EventSource('/api/desk/stream');
    source = stream;
    stream.addEventListener('ready', () => {
      onState(true);
      // What changed before this moment was not told.
      tell(null);
    });
    stream.addEventListener('changed', (event) => {
      const changed = ChangedSchema.safeParse(JSON.parse(event.data));
      if (changed.success) tell(changed.data.conversationId);
    });
    stream.addEventListener('writing', (event) => {
      const writing = WritingSchema.safeParse(JSON.parse(event.data));
      if (writing.success) for (const listener of writers) listener(writing.data);
    });
    stream.addEventListener('typing', (event) => {
      const typing = TypingSchema.safeParse(JSON.parse(event.data));
      if (!typing.success) return;
      for (const listener of typists) listener(typing.data.conversationId);
    });
    stream.addEventListener('signedOut', onSignedOut);
    stream.addEventListener('error', () => {
      onState(false);
      // The browser comes back by itself after a break, but not after an answer like 401 or 503.
      if (stream.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, AGAIN);
      // Asked for its trouble only: when the session is over, the page hears of it.
      get('/me', MeSchema).catch(() => {});
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** Calls `listener` with each piece of news while the component is shown. */
export function useNews(listener: Listener): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const call: Listener = (conversationId) => latest.current(conversationId);
    listeners.add(call);
    return () => {
      listeners.delete(call);
    };
  }, []);
}

/** How long somebody counts as writing after a stroke of the keys. */
const WRITES_MS = 5000;

/** A value that holds for a moment after it was told, and is null otherwise. */
function useMoment<T>(listen: (tell: (value: T) => void) => () => void, of: unknown[]): T | null {
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen((told) => {
      setValue(told);
      clearTimeout(timer);
      timer = setTimeout(() => setValue(null), WRITES_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      setValue(null);
    };
  }, of);
  return value;
}

/** The name of a colleague who writes in this conversation now, or null. */
export function useWriter(conversationId: string, me: string): string | null {
  return useMoment<string>(
    (tell) => {
      const hear = (writing: Writing) => {
        if (writing.conversationId === conversationId && writing.agentId !== me) tell(writing.name);
      };
      writers.add(hear);
      return () => void writers.delete(hear);
    },
    [conversationId, me],
  );
}

/** Whether the installer writes in this conversation now; only the web page tells. */
export function useTyping(conversationId: string): boolean {
  const typing = useMoment<true>(
    (tell) => {
      const hear = (changed: string) => {
        if (changed === conversationId) tell(true);
      };
      typists.add(hear);
      return () => void typists.delete(hear);
    },
    [conversationId],
  );
  return typing ?? false;
}
