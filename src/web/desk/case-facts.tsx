import type { ComponentChildren } from 'preact';
import type { CaseView } from '../../desk/wire/cases.ts';
import { linkTo } from './route.ts';
import { SerialText } from './serial.tsx';
import { type T, useTexts, wordOf } from './texts.ts';
import { timeText } from './times.ts';

/** What an agent should look at before deciding. */
export function Flags({ view }: { view: CaseView }) {
  const { t } = useTexts();
  if (view.flags.length === 0) return null;
  return (
    <section class="card flags" aria-labelledby="flags">
      <h2 id="flags">{t('case.flags')}</h2>
      <ul>
        {view.flags.map((flag) => (
          <li key={flag}>{flagText(t, flag, view)}</li>
        ))}
      </ul>
    </section>
  );
}

function flagText(t: T, flag: string, view: CaseView): string {
  switch (flag) {
    case 'proofUnverified':
      return t('flags.proofUnverified', { why: wordOf(t, view.proofWhy ?? 'notRead') });
    case 'sadpStringStale':
    case 'sadpStringUnknown':
    case 'sadpFileOtherSerial':
      return t(`flags.${flag}`);
    case 'scanner-notActivated':
    case 'scanner-serviceOff':
    case 'scanner-unsupported':
    case 'scanner-notBound':
      return t(`flags.${flag}`);
    default:
      return flag;
  }
}

/** Everything else that is known of the case. */
export function CaseFacts({ view }: { view: CaseView }) {
  const { t, language } = useTexts();
  const time = (at: number) => timeText(language, at);
  const verified = t(view.account.verified ? 'case.verified' : 'case.unverified');
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">{t('case.facts')}</h2>
      <dl class="facts">
        <Fact label={t('case.claimed')}>
          <SerialText serial={view.serial} />
          <span class="soft"> · {t(`source.${view.serialSource}`)}</span>
        </Fact>
        {view.serialFull && (
          <Fact label={t('case.full')}>
            <code class="full">{view.serialFull}</code>
          </Fact>
        )}
        <Fact label={t('queue.network')}>{t(`network.${view.network}`)}</Fact>
        <Fact label={t('queue.channel')}>{t(`channel.${view.channel}`)}</Fact>
        <Fact label={t('case.language')}>{t(`lang.${view.language}`)}</Fact>
        <Fact label={t('case.account')}>
          {view.account.name ?? t('case.unnamed')} <span class="soft">({verified})</span>
        </Fact>
        <Fact label={t('queue.submitted')}>{time(view.submittedAt)}</Fact>
        <Fact label={t('case.target')}>{time(view.target)}</Fact>
        <Fact label={t('case.promise')}>{time(view.answerBy)}</Fact>
        <Fact label={t('case.consent')}>
          {t('case.consentVersion', { version: view.consentVersion })}
        </Fact>
        {view.answer && <Fact label={t('case.answer')}>{view.answer}</Fact>}
        {view.repairs && (
          <Fact label={t('case.repairs')}>
            <a href={linkTo({ view: 'case', id: view.repairs.caseId })}>{view.repairs.number}</a>
          </Fact>
        )}
      </dl>
    </section>
  );
}

export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
