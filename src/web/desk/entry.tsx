import { useEffect, useState } from 'preact/hooks';
import { type Me, MeSchema, SHORTEST_PASSWORD } from '../../desk/wire.ts';
import { post } from './api.ts';
import { Alert, Field, LanguageSwitch } from './parts.tsx';
import { EMPTY_PERSON, PasswordField, PersonFields } from './person-fields.tsx';
import { type Language, useTexts } from './texts.ts';
import { useAct } from './use-act.ts';

interface EntryProps {
  /** Of a setup link; empty when the link was not complete, null on every other page. */
  setupToken: string | null;
  /** A session was here and has ended. */
  ended: boolean;
  entered: (me: Me) => void;
  chooseLanguage: (language: Language) => void;
}

/** Sign-in, or the first admin's form. */
export function Entry({ setupToken, ended, entered, chooseLanguage }: EntryProps) {
  const { t } = useTexts();
  const [token, setToken] = useState(setupToken);
  useEffect(() => {
    document.title = t('title');
  });
  return (
    <div class="entry">
      <header class="entry-top">
        <span class="brand">{t('title')}</span>
        <LanguageSwitch choose={chooseLanguage} />
      </header>
      <main class="card entry-card">
        {token === null ? (
          <SignIn ended={ended} entered={entered} />
        ) : (
          <SetUp token={token} entered={entered} toSignIn={() => setToken(null)} />
        )}
      </main>
    </div>
  );
}

function SignIn({ ended, entered }: Pick<EntryProps, 'ended' | 'entered'>) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => entered(await post('/login', { login, password }, MeSchema)));
  };
  return (
    <form onSubmit={submit}>
      <h1>{t('entry.signIn')}</h1>
      {ended ? (
        <p class="notice" role="alert">
          {t('entry.signedOut')}
        </p>
      ) : (
        <p class="soft">{t('entry.lead')}</p>
      )}
      <Field label={t('entry.login')}>
        {(ids) => (
          <input
            {...ids}
            required
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            value={login}
            onInput={(event) => setLogin(event.currentTarget.value)}
          />
        )}
      </Field>
      <PasswordField
        label={t('entry.password')}
        autocomplete="current-password"
        value={password}
        change={setPassword}
      />
      <Alert text={trouble} />
      <button type="submit" class="primary wide" disabled={busy}>
        {busy ? t('common.sending') : t('entry.signIn')}
      </button>
    </form>
  );
}

function SetUp(props: { token: string; entered: (me: Me) => void; toSignIn: () => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [person, setPerson] = useState(EMPTY_PERSON);
  const submit = (event: Event) => {
    event.preventDefault();
    const body = { token: props.token, ...person };
    void run(async () => props.entered(await post('/setup', body, MeSchema)));
  };
  if (props.token === '') {
    return (
      <>
        <h1>{t('entry.setup')}</h1>
        <Alert text={t('entry.setupMissing')} />
        <button type="button" onClick={props.toSignIn}>
          {t('entry.toSignIn')}
        </button>
      </>
    );
  }
  return (
    <form onSubmit={submit}>
      <h1>{t('entry.setup')}</h1>
      <p class="soft">{t('entry.setupLead')}</p>
      <PersonFields
        person={person}
        change={setPerson}
        passwordLabel={t('entry.password')}
        passwordHint={t('entry.passwordHint', { count: SHORTEST_PASSWORD })}
        own
      />
      <Alert text={trouble} />
      <button type="submit" class="primary wide" disabled={busy}>
        {busy ? t('common.sending') : t('entry.setupDo')}
      </button>
    </form>
  );
}
