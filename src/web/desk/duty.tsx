import { useState } from 'preact/hooks';
import { alertsOn, setAlerts } from './alerts.ts';
import { act } from './api.ts';
import { Alert } from './parts.tsx';
import { useTexts } from './texts.ts';
import { useAct } from './use-act.ts';
import type { InboxList } from './use-inbox-list.ts';

/** On and off duty. With everybody off, installers are not promised minutes. */
export function DutySwitch({ inbox }: { inbox: InboxList }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const set = (on: boolean) =>
    run(async () => {
      await act('/me/duty', { on });
      inbox.reload();
    });
  return (
    <>
      <fieldset class="switch">
        <legend class="visually-hidden">{t('inbox.duty.label')}</legend>
        {([true, false] as const).map((on) => (
          <button
            key={String(on)}
            type="button"
            disabled={busy}
            aria-pressed={inbox.onDuty === on}
            onClick={() => void set(on)}
          >
            {t(on ? 'inbox.duty.on' : 'inbox.duty.off')}
          </button>
        ))}
      </fieldset>
      <Alert text={trouble} />
    </>
  );
}

/** A sound and a notification for who waits. */
export function AlertSwitch() {
  const { t } = useTexts();
  const [on, setOn] = useState(alertsOn);
  const [blocked, setBlocked] = useState(false);
  const turn = async () => {
    setOn(!on);
    setBlocked(!(await setAlerts(!on)) && !on);
  };
  return (
    <>
      <button type="button" class="small" onClick={() => void turn()}>
        {t(on ? 'inbox.alerts.off' : 'inbox.alerts.on')}
      </button>
      <span class="soft small" role="status">
        {blocked && t('inbox.alerts.blocked')}
      </span>
    </>
  );
}
