import { useEffect, useRef, useState } from 'preact/hooks';
import { InboxRowsSchema, type InboxRowView } from '../../desk/wire/inbox.ts';
import { get } from './api.ts';
import { Alert } from './parts.tsx';
import { linkTo } from './route.ts';
import { useShortcut } from './shortcuts.ts';
import { useTexts } from './texts.ts';
import { useAct } from './use-act.ts';

export interface Search {
  busy: boolean;
  trouble: string | null;
  /** Null while nothing is looked for. */
  found: { q: string; rows: InboxRowView[] } | null;
  find: (q: string) => void;
  end: () => void;
}

export function useSearch(): Search {
  const { busy, trouble, run, forgive } = useAct();
  const [found, setFound] = useState<Search['found']>(null);
  return {
    busy,
    trouble,
    found,
    find: (q) =>
      void run(async () => {
        const path = `/search?q=${encodeURIComponent(q)}`;
        const { rows } = await get(path, InboxRowsSchema);
        setFound({ q, rows });
      }),
    end: () => {
      forgive();
      setFound(null);
    },
  };
}

/** Another view led here to search. */
let wanted = false;

/** Leads to the search, from any view. */
export function goSearch(): void {
  wanted = true;
  location.hash = linkTo({ view: 'conversations', tab: 'all' });
}

/** Looks for a name, a serial, a case's number or words. */
export function InboxSearch({ search }: { search: Search }) {
  const { t } = useTexts();
  const [q, setQ] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useShortcut('search', () => field.current?.focus());
  useEffect(() => {
    if (!wanted) return;
    wanted = false;
    // A new view takes the focus to its top first.
    requestAnimationFrame(() => field.current?.focus());
  }, []);
  return (
    <search class="inbox-search">
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (q.trim() !== '') search.find(q.trim());
        }}
      >
        <input
          ref={field}
          type="search"
          maxLength={200}
          aria-label={t('inbox.search')}
          placeholder={t('inbox.search')}
          value={q}
          onInput={({ currentTarget: { value } }) => setQ(value)}
        />
        <button type="submit" disabled={search.busy || q.trim() === ''}>
          {t('inbox.searchDo')}
        </button>
        {search.found && (
          <button
            type="button"
            onClick={() => {
              setQ('');
              search.end();
              // The button that was pressed goes away, and the focus must not go with it.
              field.current?.focus();
            }}
          >
            {t('inbox.searchEnd')}
          </button>
        )}
        <Alert text={search.trouble} />
      </form>
    </search>
  );
}
