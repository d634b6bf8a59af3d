import { CasesSchema, type ListedCase } from '../../desk/wire/cases.ts';
import { CaseTable } from './case-table.tsx';
import { Notices } from './notices.tsx';
import { usePageTitle } from './page-title.ts';
import { Busy, TroubleBox } from './parts.tsx';
import { linkTo } from './route.ts';
import { useTexts } from './texts.ts';
import { useServerTime } from './times.ts';
import { useTroubleText } from './use-act.ts';
import { type Data, useData } from './use-data.ts';
import type { Watch } from './use-watch.ts';

type Show = 'open' | 'closed';

/** The cases that wait, the most urgent first. */
export function OpenCases({ watch }: { watch: Watch }) {
  return <Queue show="open" cases={watch.cases} />;
}

/** The cases that are done, the newest first. */
export function ClosedCases() {
  return <Queue show="closed" cases={useData('/cases?show=closed', CasesSchema)} />;
}

function Queue({ show, cases }: { show: Show; cases: Data<{ cases: ListedCase[] }> }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = cases;
  usePageTitle(t('queue.title'));
  return (
    <section class="page">
      <div class="page-head">
        <h1>{t('queue.title')}</h1>
        <nav class="tabs" aria-label={t('queue.title')}>
          {(['open', 'closed'] as const).map((tab) => (
            <a
              key={tab}
              href={linkTo({ view: 'cases', show: tab })}
              {...(tab === show ? { 'aria-current': 'page' as const } : {})}
            >
              {t(`queue.${tab}`)}
            </a>
          ))}
        </nav>
        {show === 'open' && data && data.cases.length > 0 && <Counts cases={data.cases} />}
      </div>
      {show === 'open' && <Notices />}
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data?.cases.length === 0 && (
        <p class="empty card">{t(show === 'open' ? 'queue.emptyOpen' : 'queue.emptyClosed')}</p>
      )}
      {data && data.cases.length > 0 && <CaseTable cases={inOrder(data.cases, show)} show={show} />}
    </section>
  );
}

function Counts({ cases }: { cases: ListedCase[] }) {
  const { t } = useTexts();
  const now = useServerTime();
  const paused = cases.filter(({ status }) => status === 'needsInfo').length;
  const overdue = cases.filter(
    ({ status, answerBy }) => status !== 'needsInfo' && answerBy < now,
  ).length;
  return (
    <ul class="counts">
      <li>{t('queue.waiting', { count: cases.length - paused })}</li>
      {overdue > 0 && <li class="bad">{t('queue.overdue', { count: overdue })}</li>}
      {paused > 0 && <li>{t('queue.paused', { count: paused })}</li>}
    </ul>
  );
}

/** Waiting for us first, by their time; those that wait for the installer after them. */
function inOrder(cases: ListedCase[], show: Show): ListedCase[] {
  if (show === 'closed') return cases.toSorted((a, b) => b.updatedAt - a.updatedAt);
  const paused = (entry: ListedCase) => Number(entry.status === 'needsInfo');
  return cases.toSorted(
    (a, b) => paused(a) - paused(b) || a.target - b.target || a.answerBy - b.answerBy,
  );
}
