import { useEffect, useState } from 'preact/hooks';
import { getPicture } from './api.ts';

/** The first wait for a copy that is being made, and the longest. */
const FIRST_MS = 700;
const LONGEST_MS = 3000;

export type MaskedPhoto =
  | { state: 'making' }
  /** `url` is this page's own and lives as long as the component. */
  | { state: 'ready'; url: string }
  | { state: 'failed' };

/**
 * A photo with its secrets covered, asked for until it is made.
 * @param path below /api/desk; null asks for nothing yet
 */
export function useMaskedPhoto(path: string | null): { photo: MaskedPhoto; again: () => void } {
  const [photo, setPhoto] = useState<MaskedPhoto>({ state: 'making' });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let url: string | null = null;
    const ask = async (wait: number): Promise<void> => {
      try {
        const bytes = await getPicture(path, control.signal);
        if (control.signal.aborted) return;
        if (bytes === null) {
          timer = setTimeout(() => void ask(Math.min(LONGEST_MS, wait * 1.5)), wait);
          return;
        }
        url = URL.createObjectURL(bytes);
        setPhoto({ state: 'ready', url });
      } catch {
        if (!control.signal.aborted) setPhoto({ state: 'failed' });
      }
    };
    setPhoto({ state: 'making' });
    void ask(FIRST_MS);
    return () => {
      control.abort();
      clearTimeout(timer);
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [path, tries]);
  return { photo, again: () => setTries((before) => before + 1) };
}
