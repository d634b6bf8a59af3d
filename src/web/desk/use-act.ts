import { useEffect, useRef, useState } from 'preact/hooks';
import { Trouble } from './api.ts';
import { useTexts } from './texts.ts';

/** The sentence of something that went wrong, in the page's language. */
export function useTroubleText(): (error: unknown) => string {
  const { t } = useTexts();
  return (error) => {
    if (!(error instanceof Trouble)) return t('common.unexpected');
    if (error.message !== '') return error.message;
    return t(error.code === 'offline' ? 'common.offline' : 'common.unexpected');
  };
}

/** Runs one act at a time and keeps its trouble as a sentence. */
export function useAct(): {
  busy: boolean;
  trouble: string | null;
  run: (what: () => Promise<void>) => Promise<void>;
  forgive: () => void;
} {
  const textOf = useTroubleText();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const running = useRef(false);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  const run = async (what: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      await what();
    } catch (error) {
      if (shown.current) setTrouble(textOf(error));
    } finally {
      running.current = false;
      if (shown.current) setBusy(false);
    }
  };
  return { busy, trouble, run, forgive: () => setTrouble(null) };
}
