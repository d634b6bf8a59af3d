import { useEffect, useRef, useState } from 'preact/hooks';
import { CaseSchema, type CaseView } from '../../desk/wire/cases.ts';
import type { Me } from '../../desk/wire/people.ts';
import { CaseFacts, Flags } from './case-facts.tsx';
import { CaseClock, StatusChip } from './chips.tsx';
import { ConversationPanel } from './conversation-panel.tsx';
import { Decide } from './decide.tsx';
import { usePageTitle } from './page-title.ts';
import { Busy, TroubleBox } from './parts.tsx';
import { Photos } from './photos.tsx';
import { linkTo } from './route.ts';
import { SadpString } from './sadp-string.tsx';
import { ScanFacts } from './scan-facts.tsx';
import { SerialText } from './serial.tsx';
import { SimilarCases } from './similar-cases.tsx';
import { useTexts } from './texts.ts';
import { setServerTime } from './times.ts';
import { useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

/** One case: what was claimed and shown, what was said, and the decision. */
export function CasePage({ caseId, me }: { caseId: string; me: Me }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData(
    `/cases/${encodeURIComponent(caseId)}`,
    CaseSchema,
    (conversationId, row) => row === null || row.conversationId === conversationId,
  );
  usePageTitle(data?.number ?? t('queue.title'));
  useEffect(() => {
    if (data) setServerTime(data.now);
  }, [data]);
  return (
    <section class="page">
      <a class="back" href={linkTo({ view: 'cases', show: 'open' })}>
        <span aria-hidden="true">←</span> {t('queue.title')}
      </a>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && <h1 class="visually-hidden">{t('nav.cases')}</h1>}
      {!data && !trouble && <Busy />}
      {data && <Case view={data} me={me} reload={reload} />}
    </section>
  );
}

function Case({ view, me, reload }: { view: CaseView; me: Me; reload: () => void }) {
  const { t } = useTexts();
  const [done, setDone] = useState<CaseView['status'] | null>(null);
  const said = useRef<HTMLParagraphElement>(null);
  // The button that was pressed goes away with the decision, and the focus must not go with it.
  useEffect(() => {
    if (done !== null) said.current?.focus();
  }, [done]);
  const open = ['submitted', 'inReview', 'needsInfo'].includes(view.status);
  return (
    <>
      <div class="page-head case-head">
        <h1>{t('case.title', { number: view.number })}</h1>
        <StatusChip status={view.status} />
        {open && <CaseClock entry={view} />}
        <span class="head-serial">
          <SerialText serial={view.serial} />
        </span>
      </div>
      <p ref={said} class="done" role="status" tabIndex={-1}>
        {done && done !== 'submitted' && done !== 'cancelled' && t(`decide.done.${done}`)}
      </p>
      <div class="case-columns">
        <div class="case-main">
          <Decide
            view={view}
            me={me}
            decided={(status) => {
              setDone(status);
              reload();
            }}
            outdated={reload}
          />
          <Flags view={view} />
          <Photos view={view} />
          <SimilarCases view={view} />
          <SadpString view={view} role={me.agent.role} />
          {view.scan && <ScanFacts scan={view.scan} />}
          <CaseFacts view={view} />
        </div>
        <ConversationPanel conversationId={view.conversationId} me={me} headingLevel={2} />
      </div>
    </>
  );
}
