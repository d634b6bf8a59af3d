import { useEffect } from 'preact/hooks';
import { CasesSchema, type ListedCase } from '../../desk/wire.ts';
import { CaseClock, StatusChip } from './chips.tsx';
import { Busy, TroubleBox } from './parts.tsx';
import { linkTo } from './route.ts';
import { SerialText } from './serial.tsx';
import { useTexts } from './texts.ts';
import { setServerTime, timeText } from './times.ts';
import { useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

/** The cases that wait, the most urgent first; or those that are done. */
export function Queue({ show }: { show: 'open' | 'closed' }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData(`/cases?show=${show}`, CasesSchema);
  useEffect(() => {
    if (data) setServerTime(data.now);
    const count = show === 'open' ? (data?.cases.length ?? 0) : 0;
    document.title = count > 0 ? `(${count}) ${t('title')}` : t('title');
  });
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
              {tab === 'open' && show === 'open' && data && (
                <span class="count">{data.cases.length}</span>
              )}
            </a>
          ))}
        </nav>
      </div>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data?.cases.length === 0 && (
        <p class="empty card">{t(show === 'open' ? 'queue.emptyOpen' : 'queue.emptyClosed')}</p>
      )}
      {data && data.cases.length > 0 && <CaseTable cases={inOrder(data.cases, show)} show={show} />}
    </section>
  );
}

/** Waiting for us first, by their time; those that wait for the installer after them. */
function inOrder(cases: ListedCase[], show: 'open' | 'closed'): ListedCase[] {
  if (show === 'closed') return cases.toSorted((a, b) => b.updatedAt - a.updatedAt);
  const paused = (entry: ListedCase) => Number(entry.status === 'needsInfo');
  return cases.toSorted((a, b) => paused(a) - paused(b) || a.answerBy - b.answerBy);
}

function CaseTable({ cases, show }: { cases: ListedCase[]; show: 'open' | 'closed' }) {
  const { t, language } = useTexts();
  const open = show === 'open';
  const heads = [
    t('queue.number'),
    t('queue.serial'),
    t('queue.network'),
    t('queue.channel'),
    t('queue.status'),
    t(open ? 'queue.submitted' : 'queue.decided'),
    t(open ? 'queue.due' : 'queue.decidedAt'),
  ];
  return (
    <div class="card table-card">
      <table class="cases">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cases.map((entry) => (
            <tr key={entry.caseId}>
              <td class="cell-number">
                <a class="row-link" href={linkTo({ view: 'case', id: entry.caseId })}>
                  {entry.number}
                </a>
              </td>
              <td class="cell-serial">
                <SerialText serial={entry.serial} />
                {entry.flags.length > 0 && (
                  <span
                    class="chip chip-warn"
                    title={t('queue.flags', { count: entry.flags.length })}
                  >
                    <span aria-hidden="true">⚑ {entry.flags.length}</span>
                    <span class="visually-hidden">
                      {t('queue.flags', { count: entry.flags.length })}
                    </span>
                  </span>
                )}
              </td>
              <td data-label={heads[2]}>{t(`network.${entry.network}`)}</td>
              <td data-label={heads[3]}>
                {t(`channel.${entry.channel}`)}
                <span class="soft"> · {t(`lang.${entry.language}`)}</span>
              </td>
              <td class="cell-status">
                <StatusChip status={entry.status} />
                {entry.reason && <span class="soft small"> {t(`reasons.${entry.reason}`)}</span>}
              </td>
              <td class="cell-when" data-label={heads[5]}>
                {open ? timeText(language, entry.submittedAt) : (entry.decidedBy ?? '–')}
              </td>
              <td class="cell-due" data-label={heads[6]}>
                {open ? <CaseClock entry={entry} /> : timeText(language, entry.updatedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
