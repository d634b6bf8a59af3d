import { useEffect, useState } from 'preact/hooks';
import type { CaseAnswer } from '../../channels/web/wire.ts';
import { caseOf } from './api.ts';
import { useTexts } from './texts.ts';

export interface KnownCase extends CaseAnswer {
  /** What the server's clock is ahead of this device's, in milliseconds. */
  ahead: number;
}

/**
 * A case as it stands, or null before it is known. Each change of a case is told in a line of its
 * own, so that it is asked for again with each line, and when the page is back online.
 * @param line the newest line about it
 */
export function useCase(caseId: string, line: number, online: boolean): KnownCase | null {
  const { language } = useTexts();
  const [known, setKnown] = useState<KnownCase | null>(null);
  useEffect(() => {
    let wanted = online;
    if (!wanted) return;
    void caseOf(caseId, language).then((answer) => {
      if (wanted && answer !== null) setKnown({ ...answer, ahead: answer.now - Date.now() });
    });
    return () => {
      wanted = false;
    };
  }, [caseId, line, online]);
  return known;
}
