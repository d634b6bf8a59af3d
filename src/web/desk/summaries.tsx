import { NoticesSchema } from '../../desk/wire/office.ts';
import { useTexts } from './texts.ts';
import { dateText } from './times.ts';
import { useData } from './use-data.ts';

const FIGURES = [
  'sent',
  'unbound',
  'rejected',
  'cancelled',
  'kept',
  'late',
  'open',
  'overdue',
] as const;

/** How the last days went: a row for each. */
export function Summaries() {
  const { t, language } = useTexts();
  const { data } = useData('/notices', NoticesSchema);
  const days = (data?.notices ?? []).filter(({ kind }) => kind === 'summary');
  return (
    <section class="card">
      <h2>{t('office.summaries.title')}</h2>
      {days.length === 0 && <p class="soft">{t('office.summaries.none')}</p>}
      {days.length > 0 && (
        <table class="summaries">
          <thead>
            <tr>
              <th scope="col">{t('office.summaries.day')}</th>
              {FIGURES.map((figure) => (
                <th scope="col" key={figure}>
                  {t(`office.summaries.${figure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map(({ key, at, data: figures }) => (
              <tr key={key}>
                <th scope="row">{dateText(language, at)}</th>
                {FIGURES.map((figure) => (
                  <td key={figure} data-label={t(`office.summaries.${figure}`)}>
                    {figures[figure] ?? 0}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
