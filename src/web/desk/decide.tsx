import { useState } from 'preact/hooks';
import type { CaseView } from '../../desk/wire/cases.ts';
import type { Me } from '../../desk/wire/people.ts';
import { act, Trouble } from './api.ts';
import {
  ApproveDialog,
  AskDialog,
  RefuseDialog,
  type SendDecision,
  type Step,
} from './decide-dialogs.tsx';
import { Alert } from './parts.tsx';
import { useShortcut } from './shortcuts.ts';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useAct } from './use-act.ts';

interface DecideProps {
  view: CaseView;
  me: Me;
  decided: (status: Step) => void;
  /** Somebody else was first: the case must be read again. */
  outdated: () => void;
}

/** What may be decided now, or what was. */
export function Decide({ view, me, decided, outdated }: DecideProps) {
  const { t, language } = useTexts();
  const { busy, trouble, run } = useAct();
  const [asking, setAsking] = useState<Step | null>(null);
  const send: SendDecision = async (status, more = {}) => {
    const path = `/cases/${encodeURIComponent(view.caseId)}/decision`;
    try {
      await act(path, { status, revision: view.revision, ...more });
    } catch (error) {
      if (error instanceof Trouble && ['changedMeanwhile', 'notAStep'].includes(error.code)) {
        outdated();
      }
      throw error;
    }
    setAsking(null);
    decided(status);
  };
  const close = () => setAsking(null);
  const may = (step: Step) => view.steps.includes(step);
  useShortcut('approve', may('unbound') ? () => setAsking('unbound') : null);
  useShortcut('refuse', may('rejected') ? () => setAsking('rejected') : null);
  return (
    <section class="card decide" aria-labelledby="decide">
      <h2 id="decide">{t('decide.title')}</h2>
      {view.steps.length > 0 && (
        <div class="row">
          {may('inReview') && (
            <button type="button" disabled={busy} onClick={() => run(() => send('inReview'))}>
              {t('decide.take')}
            </button>
          )}
          {may('unbound') && (
            <button type="button" class="good-button" onClick={() => setAsking('unbound')}>
              {t('decide.approve')}
            </button>
          )}
          {may('rejected') && (
            <button type="button" class="bad-button" onClick={() => setAsking('rejected')}>
              {t('decide.refuse')}
            </button>
          )}
          {may('needsInfo') && (
            <button type="button" onClick={() => setAsking('needsInfo')}>
              {t('decide.askMore')}
            </button>
          )}
        </div>
      )}
      <Alert text={trouble} />
      {view.reason && (
        <p>
          <span class="soft">{t('case.reason')}:</span> {t(`reasons.${view.reason}`)}
        </p>
      )}
      {view.note && (
        <p class="said">
          <span class="soft">{t('case.note')}:</span> {view.note}
        </p>
      )}
      {view.decidedBy && (
        <p class="soft small">
          {t(view.status === 'inReview' ? 'case.takenBy' : 'case.decided', {
            name: view.decidedBy,
            time: timeText(language, view.updatedAt),
          })}
        </p>
      )}
      {!view.decidedHere && <p class="soft">{t('case.elsewhere')}</p>}
      {me.agent.role === 'viewer' && <p class="soft">{t('case.viewer')}</p>}
      {asking === 'unbound' && <ApproveDialog view={view} send={send} close={close} />}
      {asking === 'rejected' && <RefuseDialog view={view} send={send} close={close} />}
      {asking === 'needsInfo' && <AskDialog view={view} send={send} close={close} />}
    </section>
  );
}
