import { useState } from 'preact/hooks';
import { SHORTEST_PASSWORD } from '../../desk/wire/people.ts';
import { act } from './api.ts';
import { GroupLink } from './group-link.tsx';
import { Alert, Dialog } from './parts.tsx';
import { PasswordField } from './person-fields.tsx';
import { useTexts } from './texts.ts';
import { useAct } from './use-act.ts';

/** One's own sign-in: a new password, and who one is in Telegram. */
export function AccountDialog({ close }: { close: () => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      await act('/me/password', { current, password });
      setCurrent('');
      setPassword('');
      setDone(true);
    });
  };
  return (
    <Dialog title={t('account.title')} close={close}>
      <GroupLink />
      <form onSubmit={submit}>
        <PasswordField
          label={t('account.current')}
          autocomplete="current-password"
          value={current}
          change={setCurrent}
        />
        <PasswordField
          label={t('account.new')}
          hint={t('entry.passwordHint', { count: SHORTEST_PASSWORD })}
          autocomplete="new-password"
          value={password}
          change={setPassword}
        />
        <Alert text={trouble} />
        <p class="done" role="status">
          {done && t('account.done')}
        </p>
        <div class="dialog-buttons">
          <button type="button" onClick={close}>
            {t('common.close')}
          </button>
          <button type="submit" class="primary" disabled={busy}>
            {busy ? t('common.sending') : t('account.do')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
