import { useEffect, useState } from 'preact/hooks';
import { type Me, MeSchema, SHORTEST_PASSWORD, WaysSchema } from '../../desk/wire/people.ts';
import { get, post } from './api.ts';
import { Alert, Field, LanguageSwitch } from './parts.tsx';
import { EMPTY_PERSON, PasswordField, PersonFields } from './person-fields.tsx';
import { type Language, useTexts } from './texts.ts';
import { useAct } from './use-act.ts';

/** The first admin's link or an invitation; the token is empty when the link was not complete. */
export interface EntryLink {
  as: 'setup' | 'invite';
  token: string;
}

interface EntryProps {
  /** Null on every other page. */
  link: EntryLink | null;
  /** A session was here and has ended. */
  ended: boolean;
  entered: (me: Me) => void;
  chooseLanguage: (language: Language) => void;
}

/** Sign-in, or the first admin's form. */
export function Entry({ link: given, ended, entered, chooseLanguage }: EntryProps) {
  const { t } = useTexts();
  const [link, setLink] = useState(given);
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
        {link === null ? (
          <SignIn ended={ended} entered={entered} />
        ) : (
          <SetUp link={link} entered={entered} toSignIn={() => setLink(null)} />
        )}
      </main>
    </div>
  );
}

function SignIn({ ended, entered }: Pick<EntryProps, 'ended' | 'entered'>) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [refused] = useState(takeRefusal);
  const [oidc, setOidc] = useState(false);
  useEffect(() => {
    // Who cannot be asked offers passwords only.
    get('/ways', WaysSchema).then(
      (ways) => setOidc(ways.oidc),
      () => undefined,
    );
  }, []);
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
      <Alert text={trouble ?? (refused && t(`inbox.oidc.${refused}`))} />
      <button type="submit" class="primary wide" disabled={busy}>
        {busy ? t('common.sending') : t('entry.signIn')}
      </button>
      {oidc && (
        <p>
          <a href="/api/desk/oidc/start">{t('inbox.oidc.do')}</a>
        </p>
      )}
    </form>
  );
}

/** Why the OpenID provider did not let somebody in, taken out of the address at once. */
function takeRefusal(): 'failed' | 'unknown' | null {
  const why = new URLSearchParams(location.search).get('signIn');
  if (why === null) return null;
  history.replaceState(null, '', '/desk');
  return why === 'unknown' ? why : 'failed';
}

function SetUp(props: { link: EntryLink; entered: (me: Me) => void; toSignIn: () => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [person, setPerson] = useState(EMPTY_PERSON);
  const { as, token } = props.link;
  const title = t(as === 'setup' ? 'entry.setup' : 'inbox.invite.enter');
  const submit = (event: Event) => {
    event.preventDefault();
    const body = { token, ...person };
    void run(async () => props.entered(await post(`/${as}`, body, MeSchema)));
  };
  if (token === '') {
    return (
      <>
        <h1>{title}</h1>
        <Alert text={t('entry.setupMissing')} />
        <button type="button" onClick={props.toSignIn}>
          {t('entry.toSignIn')}
        </button>
      </>
    );
  }
  return (
    <form onSubmit={submit}>
      <h1>{title}</h1>
      <p class="soft">{t(as === 'setup' ? 'entry.setupLead' : 'inbox.invite.enterLead')}</p>
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
