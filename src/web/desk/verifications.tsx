import { useState } from 'preact/hooks';
import type { Me } from '../../desk/wire/people.ts';
import { VerificationsSchema } from '../../desk/wire/verification.ts';
import { usePageTitle } from './page-title.ts';
import { Busy, TroubleBox } from './parts.tsx';
import { useTexts } from './texts.ts';
import { useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';
import { Verification } from './verification-card.tsx';

/** Companies that wait to be verified, oldest first. */
export function Verifications({ me }: { me: Me }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData('/verifications', VerificationsSchema);
  const [said, setSaid] = useState('');
  usePageTitle(t('verifications.title'));
  return (
    <section class="page page-narrow">
      <div class="page-head">
        <h1>{t('verifications.title')}</h1>
        <span role="status" class="good">
          {said}
        </span>
      </div>
      <p class="soft">{t('verifications.lead')}</p>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data?.verifications.length === 0 && <p class="quiet">{t('verifications.empty')}</p>}
      {data?.verifications.map((view) => (
        <Verification
          key={view.applicationId}
          view={view}
          me={me}
          decided={(status) => {
            setSaid(t(`verifications.${status}`, { company: view.company }));
            reload();
          }}
          outdated={reload}
        />
      ))}
    </section>
  );
}
