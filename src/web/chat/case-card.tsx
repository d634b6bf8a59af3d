import { useEffect, useState } from 'preact/hooks';
import { dayAndClock } from './days.ts';
import { LinkButton } from './link-button.tsx';
import { PushButton } from './push-button.tsx';
import { useTexts } from './texts.ts';
import { pace, timeLeft } from './time-left.ts';
import { type KnownCase, useCase } from './use-case.ts';

const WITH_US: readonly KnownCase['status'][] = ['submitted', 'inReview'];
const CLOSED: readonly KnownCase['status'][] = ['unbound', 'rejected', 'cancelled'];

interface Props {
  caseId: string;
  line: number;
  online: boolean;
}

/** Where a case stands: its number, state, promise, and what became of it so far. */
export function CaseCard({ caseId, line, online }: Props) {
  const { t, language } = useTexts();
  const known = useCase(caseId, line, online);
  if (known === null) return null;
  const { number, serial, status, steps } = known;
  const closed = CLOSED.includes(status);
  return (
    <section class={`case ${status}`} aria-label={t('case.label', { number })} lang={language}>
      <header>
        <h3>{t('case.label', { number })}</h3>
        <p class="state">{t(`case.status.${status}`)}</p>
      </header>
      <dl>
        <dt>{t('case.serial')}</dt>
        <dd>{serial}</dd>
        {WITH_US.includes(status) && <Promised known={known} />}
      </dl>
      <ol aria-label={t('case.steps')}>
        {steps.map((step) => (
          <li key={`${step.status}${step.at}`} class={step.status}>
            <span>{t(`case.status.${step.status}`)}</span>
            <time dateTime={new Date(step.at).toISOString()}>
              {dayAndClock(step.at, Date.now(), language)}
            </time>
          </li>
        ))}
        {!closed && <li class="todo">{t('case.result')}</li>}
      </ol>
      {!closed && <PushButton />}
      {!closed && <LinkButton />}
    </section>
  );
}

function Promised({ known }: { known: KnownCase }) {
  const { t, language } = useTexts();
  const left = useLeft(known.answerBy - known.ahead);
  return (
    <>
      <dt>{t('case.promise')}</dt>
      <dd>
        {dayAndClock(known.answerBy, Date.now(), language)}
        <span class="left" role="timer">
          {left > 0 ? t('case.left', { time: timeLeft(left, t) }) : t('case.overdue')}
        </span>
      </dd>
    </>
  );
}

/** Milliseconds until a time of this device's clock, counting down while it is shown. */
function useLeft(until: number): number {
  const [left, setLeft] = useState(until - Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      const now = until - Date.now();
      setLeft(now);
      if (now > 0) timer = setTimeout(look, pace(now));
    };
    look();
    return () => clearTimeout(timer);
  }, [until]);
  return left;
}
