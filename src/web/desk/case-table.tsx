import type { ListedCase } from '../../desk/wire/cases.ts';
import { CaseClock, StatusChip } from './chips.tsx';
import { linkTo } from './route.ts';
import { SerialText } from './serial.tsx';
import { useTexts } from './texts.ts';
import { timeText, useServerTime } from './times.ts';

interface CaseTableProps {
  cases: ListedCase[];
  show: 'open' | 'closed';
}

/** A row for each case; on a narrow page a card for each. */
export function CaseTable({ cases, show }: CaseTableProps) {
  const { t } = useTexts();
  const now = useServerTime();
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
  const overdue = (entry: ListedCase) =>
    open && entry.status !== 'needsInfo' && entry.answerBy < now;
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
            <tr key={entry.caseId} class={overdue(entry) ? 'overdue' : ''}>
              <Cells entry={entry} open={open} heads={heads} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cells({ entry, open, heads }: { entry: ListedCase; open: boolean; heads: string[] }) {
  const { t, language } = useTexts();
  const flags = entry.flags.length;
  const taken = entry.status === 'inReview' ? entry.decidedBy : null;
  return (
    <>
      <td class="cell-number">
        <a class="row-link" href={linkTo({ view: 'case', id: entry.caseId })}>
          {entry.number}
        </a>
      </td>
      <td class="cell-serial">
        <SerialText serial={entry.serial} />
        {flags > 0 && (
          <span class="chip chip-warn" title={t('queue.flags', { count: flags })}>
            <span aria-hidden="true">⚑ {flags}</span>
            <span class="visually-hidden">{t('queue.flags', { count: flags })}</span>
          </span>
        )}
      </td>
      <td class="cell-network" data-label={heads[2]}>
        {t(`network.${entry.network}`)}
      </td>
      <td class="cell-channel" data-label={heads[3]}>
        {t(`channel.${entry.channel}`)}
        <span class="soft"> · {t(`lang.${entry.language}`)}</span>
      </td>
      <td class="cell-status">
        <StatusChip status={entry.status} />
        {taken !== null && <span class="soft small"> {taken}</span>}
        {entry.reason && <span class="soft small"> {t(`reasons.${entry.reason}`)}</span>}
      </td>
      <td class="cell-when" data-label={heads[5]}>
        {open ? timeText(language, entry.submittedAt) : (entry.decidedBy ?? '–')}
      </td>
      <td class="cell-due" data-label={heads[6]}>
        {open ? <CaseClock entry={entry} /> : timeText(language, entry.updatedAt)}
      </td>
    </>
  );
}
