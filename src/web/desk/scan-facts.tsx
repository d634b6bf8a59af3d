import type { CaseView } from '../../desk/wire/cases.ts';
import { Fact } from './case-facts.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';

/** What the installer's scanner said of the device. */
export function ScanFacts({ scan }: { scan: NonNullable<CaseView['scan']> }) {
  const { t, language } = useTexts();
  const truth = (value: boolean | null) =>
    t(value === null ? 'scan.states.unknown' : `scan.states.${value}`);
  return (
    <section class="card" aria-labelledby="scan">
      <h2 id="scan">{t('scan.title')}</h2>
      <p class="soft">{t('scan.notice')}</p>
      <dl class="facts">
        <Fact label={t('scan.model')}>{scan.model}</Fact>
        <Fact label={t('scan.ip')}>{scan.ip ?? t('scan.states.unknown')}</Fact>
        <Fact label={t('scan.mac')}>{scan.mac ?? t('scan.states.unknown')}</Fact>
        <Fact label={t('scan.firmware')}>{scan.firmware ?? t('scan.states.unknown')}</Fact>
        <Fact label={t('scan.activated')}>{truth(scan.activated)}</Fact>
        <Fact label={t('scan.service')}>{t(`scan.states.${scan.service ?? 'unknown'}`)}</Fact>
        <Fact label={t('scan.bound')}>{truth(scan.bound)}</Fact>
        <Fact label={t('scan.at')}>{timeText(language, scan.at)}</Fact>
        <Fact label={t('scan.answered')}>{scan.answered}</Fact>
        <Fact label={t('scan.way')}>{t(`scan.ways.${scan.way}`)}</Fact>
        <Fact label={t('scan.program')}>{scan.program}</Fact>
      </dl>
    </section>
  );
}
