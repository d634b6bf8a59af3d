import { useState } from 'preact/hooks';
import { type Person, PersonSchema, ROLES, SHORTEST_PASSWORD } from '../../desk/wire/people.ts';
import { post } from './api.ts';
import { Alert, Dialog } from './parts.tsx';
import { EMPTY_PERSON, PasswordField, PersonFields } from './person-fields.tsx';
import { useTexts } from './texts.ts';
import { useAct } from './use-act.ts';

/** Adds somebody with a first password. */
export function NewPersonForm({ added }: { added: (person: Person) => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [person, setPerson] = useState(EMPTY_PERSON);
  const [role, setRole] = useState<Person['role']>('agent');
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      added(await post('/agents', { ...person, role }, PersonSchema));
      setPerson(EMPTY_PERSON);
    });
  };
  return (
    <form class="card" onSubmit={submit}>
      <h2>{t('people.add')}</h2>
      <PersonFields
        person={person}
        change={setPerson}
        passwordLabel={t('people.initial')}
        passwordHint={t('people.initialHint', { count: SHORTEST_PASSWORD })}
        own={false}
      />
      <RoleField roles={ROLES} role={role} change={setRole} />
      <Alert text={trouble} />
      <button type="submit" class="primary" disabled={busy}>
        {busy ? t('common.sending') : t('people.do')}
      </button>
    </form>
  );
}

/** Another role, also that of who has left, and a password for who forgot theirs. */
export function ChangePersonDialog(props: {
  person: Person;
  close: () => void;
  saved: () => void;
}) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const { person, close, saved } = props;
  const [role, setRole] = useState(person.role);
  const [password, setPassword] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    void run(async () => {
      const body = { role, ...(password === '' ? {} : { password }) };
      await post(`/agents/${encodeURIComponent(person.agentId)}`, body, PersonSchema);
      saved();
    });
  };
  return (
    <Dialog title={t('people.changeOf', { name: person.name })} close={close}>
      <form onSubmit={submit}>
        <RoleField roles={[...ROLES, 'left']} role={role} change={setRole} />
        <PasswordField
          label={t('people.new')}
          hint={t('people.newHint')}
          autocomplete="new-password"
          value={password}
          change={setPassword}
          optional
        />
        <Alert text={trouble} />
        <div class="dialog-buttons">
          <button type="button" onClick={close}>
            {t('common.back')}
          </button>
          <button type="submit" class="primary" disabled={busy}>
            {busy ? t('common.sending') : t('people.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function RoleField(props: {
  roles: readonly Person['role'][];
  role: Person['role'];
  change: (role: Person['role']) => void;
}) {
  const { t } = useTexts();
  return (
    <fieldset class="reasons">
      <legend>{t('people.role')}</legend>
      {props.roles.map((name) => (
        <label key={name} class="reason">
          <input type="radio" checked={props.role === name} onChange={() => props.change(name)} />
          <span>
            {t(`roles.${name}`)}
            <span class="hint">{t(`people.roleHint.${name}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
