import { useEffect, useState } from 'preact/hooks';
import {
  PeopleSchema,
  type Person,
  PersonSchema,
  ROLES,
  SHORTEST_PASSWORD,
} from '../../desk/wire.ts';
import { post } from './api.ts';
import { Alert, EMPTY_PERSON, PersonFields } from './entry.tsx';
import { Busy, TroubleBox } from './parts.tsx';
import { useTexts } from './texts.ts';
import { useAct, useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

/** Who may sign in, and a form for one more. For admins. */
export function People() {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData('/agents', PeopleSchema, () => false);
  useEffect(() => {
    document.title = `${t('people.title')} · ${t('title')}`;
  });
  return (
    <section class="page page-narrow">
      <div class="page-head">
        <h1>{t('people.title')}</h1>
      </div>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data && (
        <ul class="card people">
          {data.agents.map((person) => (
            <li class="person" key={person.agentId}>
              <strong>{person.name}</strong>
              <span class="soft">{person.login}</span>
              <span class="chip chip-quiet">{t(`roles.${person.role}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <NewPersonForm added={reload} />
    </section>
  );
}

function NewPersonForm({ added }: { added: () => void }) {
  const { t } = useTexts();
  const { busy, trouble, run } = useAct();
  const [person, setPerson] = useState(EMPTY_PERSON);
  const [role, setRole] = useState<Person['role']>('agent');
  const [said, setSaid] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    setSaid('');
    void run(async () => {
      const created = await post('/agents', { ...person, role }, PersonSchema);
      setSaid(t('people.added', { name: created.name }));
      setPerson(EMPTY_PERSON);
      added();
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
      <fieldset class="reasons">
        <legend>{t('people.role')}</legend>
        {ROLES.map((name) => (
          <label key={name} class="reason">
            <input
              type="radio"
              name="role"
              checked={role === name}
              onChange={() => setRole(name)}
            />
            <span>
              {t(`roles.${name}`)}
              <span class="hint">{t(`people.roleHint.${name}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Alert text={trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={busy}>
          {busy ? t('common.sending') : t('people.do')}
        </button>
        <span role="status">{said}</span>
      </div>
    </form>
  );
}
