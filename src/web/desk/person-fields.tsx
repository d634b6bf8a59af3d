import { useState } from 'preact/hooks';
import { Field } from './parts.tsx';
import { useTexts } from './texts.ts';

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

export function PasswordField(props: {
  label: string;
  hint?: string;
  optional?: boolean;
  autocomplete: 'current-password' | 'new-password';
  value: string;
  change: (value: string) => void;
}) {
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Field
        label={props.label}
        optional={props.optional ?? false}
        {...(props.hint ? { hint: props.hint } : {})}
      >
        {(ids) => (
          <input
            {...ids}
            required={!props.optional}
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
