import type { CaseView, SimilarCaseView } from '../../desk/wire/cases.ts';
import { StatusChip } from './chips.tsx';
import { linkTo } from './route.ts';
import { SerialText } from './serial.tsx';
import { type T, useTexts } from './texts.ts';
import { timeText } from './times.ts';

/** Other cases of the same serial or with the same photo, and what became of them. */
export function SimilarCases({ view }: { view: CaseView }) {
  const { t, language } = useTexts();
  return (
    <section class="card" aria-labelledby="similar">
      <h2 id="similar">{t('similar.title')}</h2>
      {view.similar.length === 0 && <p class="soft">{t('similar.none')}</p>}
      {view.similar.length > 0 && (
        <ul class="similar">
          {view.similar.map((other) => (
            <li key={other.caseId}>
              <p class="similar-head">
                <a href={linkTo({ view: 'case', id: other.caseId })}>{other.number}</a>
                <SerialText serial={other.serial} />
                <StatusChip status={other.status} />
                {other.reason && <span>{t(`reasons.${other.reason}`)}</span>}
              </p>
              <p class="similar-why small">
                <strong>{commonText(t, other)}</strong>
                <span class={other.sameAccount ? 'soft' : 'quality-bad'}>
                  {t(other.sameAccount ? 'similar.sameAccount' : 'similar.otherAccount')}
                </span>
                <span class="soft">{timeText(language, other.submittedAt)}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function commonText(t: T, { sameSerial, photos }: SimilarCaseView): string {
  const numbers = photos.map((index) => index + 1).join(', ');
  const common = [
    ...(sameSerial ? [t('similar.serial')] : []),
    ...(photos.length > 0 ? [t('similar.photos', { numbers })] : []),
  ];
  return common.join(', ');
}
