import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import { useTexts } from './texts.ts';

/** How much waits for the desk: cases to decide and installers who asked for a human. */
export const WaitingContext = createContext(0);

/** Names the view in the tab, and what waits before it: "(3) HS-0001 · Quầy hỗ trợ". */
export function usePageTitle(view: string): void {
  const { t } = useTexts();
  const waiting = useContext(WaitingContext);
  const title = `${view} · ${t('title')}`;
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
  }, [title, waiting]);
}
