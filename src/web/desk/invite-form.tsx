import { useState } from 'preact/hooks';
import { InviteSchema, type Person, ROLES } from '../../desk/wire/people.ts';
import { post } from './api.ts';
import { Alert, Field } from './parts.tsx';
import { RoleField } from './person-forms.tsx';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useAct } from './use-act.ts';

/** Makes a link by which somebody makes their own account, so that nobody else knows the password. */
export function InviteForm() {
  const { t, language } = useTexts();
  const { busy, trouble, run } = useAct();
  const [role, setRole] = useState<Person['role']>('agent');
  const [link, setLink] = useState<{ url: string; until: number } | null>(null);
  const [copied, setCopied] = useState(false);
  const make = () =>
    run(async () => {
      const { path, expiresAt } = await post('/invites', { role }, InviteSchema);
      setLink({ url: location.origin + path, until: expiresAt });
      setCopied(false);
    });
  const copy = () => navigator.clipboard?.writeText(link?.url ?? '').then(() => setCopied(true));
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <h2>{t('inbox.invite.title')}</h2>
      <p class="soft">{t('inbox.invite.lead')}</p>
      <RoleField roles={ROLES} role={role} change={setRole} />
      <Alert text={trouble} />
      <button type="submit" disabled={busy}>
        {t('inbox.invite.do')}
      </button>
      {link && (
        <Field label={t('inbox.invite.link')} hint={timeText(language, link.until)}>
          {(ids) => (
            <span class="row">
              <input {...ids} class="grow" readOnly value={link.url} />
              <button type="button" onClick={() => void copy()}>
                {t('inbox.invite.copy')}
              </button>
              <span role="status">{copied && t('inbox.invite.copied')}</span>
            </span>
          )}
        </Field>
      )}
    </form>
  );
}
