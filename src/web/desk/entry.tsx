import { useEffect, useState } from 'preact/hooks';
import { type Me, MeSchema, SHORTEST_PASSWORD } from '../../desk/wire.ts';
import { post } from './api.ts';
import { Field, LanguageSwitch } from './parts.tsx';
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
      <p class="soft">{ended ? t('entry.signedOut') : t('entry.lead')}</p>
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

interface NewPerson {
  name: string;
  login: string;
  password: string;
}
export const EMPTY_PERSON: NewPerson = { name: '', login: '', password: '' };

/** Name, login and password of somebody new. */
export function PersonFields(props: {
  person: NewPerson;
  change: (person: NewPerson) => void;
  passwordLabel: string;
  passwordHint: string;
  /** Of the one who types: a password manager may fill it in. */
  own: boolean;
}) {
  const { t } = useTexts();
  const { person, change } = props;
  return (
    <>
      <Field label={t('entry.name')} hint={t('entry.nameHint')}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={80}
            autocomplete={props.own ? 'name' : 'off'}
            value={person.name}
            onInput={(event) => change({ ...person, name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('entry.login')} hint={t('entry.loginHint')}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={63}
            autocomplete={props.own ? 'username' : 'off'}
            autocapitalize="none"
            spellcheck={false}
            value={person.login}
            onInput={(event) => change({ ...person, login: event.currentTarget.value })}
          />
        )}
      </Field>
      <PasswordField
        label={props.passwordLabel}
        hint={props.passwordHint}
        autocomplete="new-password"
        value={person.password}
        change={(password) => change({ ...person, password })}
      />
    </>
  );
}

function PasswordField(props: {
  label: string;
  hint?: string;
  autocomplete: 'current-password' | 'new-password';
  value: string;
  change: (value: string) => void;
}) {
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Field label={props.label} {...(props.hint ? { hint: props.hint } : {})}>
        {(ids) => (
          <input
            {...ids}
            required
            {...(shown ? { type: 'text' } : { type: 'password' })}
            autocomplete={props.autocomplete}
            value={props.value}
            onInput={(event) => props.change(event.currentTarget.value)}
          />
        )}
      </Field>
      <label class="tick">
        <input
          type="checkbox"
          checked={shown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
        {t('entry.show')}
      </label>
    </>
  );
}

/** A place that is there before its text comes, so that it is read out. */
export function Alert({ text }: { text: string | null }) {
  return (
    <div role="alert" class={text === null ? 'visually-hidden' : 'alert'}>
      {text}
    </div>
  );
}
