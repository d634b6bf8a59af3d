import { type Notice, NoticesSchema } from '../../desk/wire/office.ts';
import { linkTo } from './route.ts';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useData } from './use-data.ts';

/** What agents should see to, above the queue; it goes by itself once it is seen to. */
export function Notices() {
  const { t } = useTexts();
  const { data } = useData('/notices', NoticesSchema);
  const notices = (data?.notices ?? []).filter(({ kind }) => kind !== 'summary');
  return (
    <section class="notices" aria-label={t('office.notices.title')} aria-live="polite">
      {notices.length > 0 && (
        <ul class="card">
          {notices.map((notice) => (
            <Line key={notice.key} notice={notice} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ notice }: { notice: Notice }) {
  const { t, language } = useTexts();
  const { kind, about, data } = notice;
  if (kind === 'summary') return null;
  const target = timeText(language, data.target ?? notice.at);
  return (
    <li class={`notice-line notice-${kind}`}>
      {about && (
        <a href={linkTo({ view: 'case', id: about.caseId })}>
          {about.number} · {about.serial}
        </a>
      )}
      <span class="grow">{t(`office.notices.${kind}`, { ...data, target })}</span>
      {kind === 'holidays' && (
        <a href={linkTo({ view: 'office' })}>{t('office.notices.toOffice')}</a>
      )}
      <span class="soft small">{timeText(language, notice.at)}</span>
    </li>
  );
}
