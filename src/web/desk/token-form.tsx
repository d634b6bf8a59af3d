import { useState } from 'preact/hooks';
import { NewTokenSchema, SCOPES } from '../../desk/wire/tokens.ts';
import { post } from './api.ts';
import { Alert, Field } from './parts.tsx';
import { useTexts } from './texts.ts';
import { scopeText } from './token-texts.ts';
import { useAct } from './use-act.ts';

const DAYS = [30, 90, 365] as const;
const FOR_GOOD = 'forGood';

/** Makes a token, and shows it once: afterwards nobody can. */
export function TokenForm({ made }: { made: (name: string) => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['cases:read']);
  const [days, setDays] = useState<string>(String(DAYS[1]));
  const [token, setToken] = useState<string | null>(null);
  const make = () =>
    run(async () => {
      const wanted = { name, scopes, days: days === FOR_GOOD ? null : Number(days) };
      const answer = await post('/tokens', wanted, NewTokenSchema);
      setToken(answer.token);
      setName('');
      made(wanted.name);
    });
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <h2>{t('tokens.add')}</h2>
      <Field label={t('tokens.name')} hint={t('tokens.nameHint')}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={40}
            pattern="[A-Za-z0-9._\-]+"
            title={t('tokens.nameHint')}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <fieldset class="ticks">
        <legend>{t('tokens.may')}</legend>
        {SCOPES.map((scope) => (
          <label key={scope} class="tick">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={({ currentTarget: { checked } }) =>
                setScopes((before) => {
                  const others = before.filter((other) => other !== scope);
                  return checked ? [...others, scope] : others;
                })
              }
            />
            {scopeText(t, scope)}
          </label>
        ))}
      </fieldset>
      <Field label={t('tokens.days')}>
        {(ids) => (
          <select {...ids} value={days} onChange={(event) => setDays(event.currentTarget.value)}>
            {DAYS.map((count) => (
              <option key={count} value={String(count)}>
                {t('tokens.forDays', { count })}
              </option>
            ))}
            <option value={FOR_GOOD}>{t('tokens.forGood')}</option>
          </select>
        )}
      </Field>
      <Alert text={trouble} />
      <button type="submit" disabled={busy || scopes.length === 0}>
        {t('tokens.do')}
      </button>
      {token !== null && <Made token={token} />}
    </form>
  );
}

function Made({ token }: { token: string }) {
  const { t } = useTexts();
  const [copied, setCopied] = useState('');
  const copy = () => navigator.clipboard?.writeText(token).then(() => setCopied(token));
  return (
    <Field label={t('tokens.token')} hint={t('tokens.once')}>
      {(ids) => (
        <span class="row">
          <input
            {...ids}
            class="grow"
            readOnly
            value={token}
            onFocus={(event) => event.currentTarget.select()}
          />
          <button type="button" onClick={() => void copy()}>
            {t('tokens.copy')}
          </button>
          <span role="status">{copied === token && t('tokens.copied')}</span>
        </span>
      )}
    </Field>
  );
}
