import { useEffect, useRef, useState } from 'preact/hooks';
import { InboxRowsSchema, type InboxRowView, InboxSchema } from '../../desk/wire/inbox.ts';
import { get, Trouble } from './api.ts';
import { useNews } from './live.ts';
import { setServerTime } from './times.ts';

export interface InboxList {
  /** Null until it was read. Who has or wants a human first, then the newest. */
  rows: InboxRowView[] | null;
  slaMinutes: number;
  onDuty: boolean;
  trouble: Trouble | null;
  reload: () => void;
}

/** News are gathered for so long, so that a busy hour is one small reading after the other. */
const GATHER_MS = 400;
/** Rows that one request asks for; with more news than that the whole list is read again. */
const MOST_IDS = 100;

const seen = new Set<(conversationId: string) => void>();

/** Says that an agent has seen a conversation, which no news tells. */
export function tellInbox(conversationId: string): void {
  for (const listener of seen) listener(conversationId);
}

/** The open part of the inbox, kept up to date row by row. */
export function useInboxList(): InboxList {
  const [list, setList] = useState<Omit<InboxList, 'reload'>>({
    rows: null,
    slaMinutes: 0,
    onDuty: true,
    trouble: null,
  });
  /** What has news; null: anything may have. */
  const pending = useRef<Set<string> | null>(null);
  const busy = useRef(false);
  const ended = useRef(new AbortController());

  const read = async () => {
    const ids = pending.current;
    pending.current = new Set();
    const { signal } = ended.current;
    if (ids === null || ids.size > MOST_IDS) {
      const { now, ...fresh } = await get('/inbox?show=open', InboxSchema, signal);
      setServerTime(now);
      setList({ ...fresh, trouble: null });
      return;
    }
    const path = `/inbox/rows?ids=${encodeURIComponent([...ids].join())}`;
    const { rows } = await get(path, InboxRowsSchema, signal);
    setList((before) => ({ ...before, rows: merged(before.rows ?? [], rows), trouble: null }));
  };
  const run = async () => {
    if (busy.current) return;
    busy.current = true;
    while (
      !ended.current.signal.aborted &&
      (pending.current === null || pending.current.size > 0)
    ) {
      const asked = pending.current;
      try {
        await read();
      } catch (error) {
        if (!(error instanceof Trouble)) break;
        // Asked again with the next news.
        pending.current = asked === null ? null : new Set([...asked, ...(pending.current ?? [])]);
        setList((before) => ({ ...before, trouble: error }));
        break;
      }
      await new Promise((later) => setTimeout(later, GATHER_MS));
    }
    busy.current = false;
  };
  const hear = (conversationId: string | null) => {
    if (conversationId === null) pending.current = null;
    else pending.current?.add(conversationId);
    void run();
  };
  useNews(hear);
  useEffect(() => {
    ended.current = new AbortController();
    seen.add(hear);
    hear(null);
    return () => {
      seen.delete(hear);
      ended.current.abort();
    };
  }, []);
  return { ...list, reload: () => hear(null) };
}

/** The list with these rows in the places of their older selves. */
function merged(before: InboxRowView[], fresh: InboxRowView[]): InboxRowView[] {
  const known = new Map(before.map((row) => [row.conversationId, row]));
  for (const row of fresh) known.set(row.conversationId, row);
  return [...known.values()];
}
