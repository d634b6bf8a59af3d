import { useState } from 'preact/hooks';
import { type Me, PeopleSchema, type Person } from '../../desk/wire/people.ts';
import { InviteForm } from './invite-form.tsx';
import { usePageTitle } from './page-title.ts';
import { Busy, TroubleBox } from './parts.tsx';
import { ChangePersonDialog, NewPersonForm } from './person-forms.tsx';
import { linkTo } from './route.ts';
import { useTexts } from './texts.ts';
import { useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';

/** Who may sign in, and a form for one more. For admins. */
export function People({ me }: { me: Me }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData('/agents', PeopleSchema, () => false);
  const [changing, setChanging] = useState<Person | null>(null);
  const [said, setSaid] = useState('');
  usePageTitle(t('people.title'));
  return (
    <section class="page page-narrow">
      <div class="page-head">
        <h1>{t('people.title')}</h1>
        <span role="status" class="good">
          {said}
        </span>
      </div>
      <p>
        <a href={linkTo({ view: 'tokens' })}>{t('tokens.link')}</a>
      </p>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data && (
        <ul class="card people">
          {inOrder(data.agents).map((person) => (
            <li
              class={`person ${person.role === 'left' ? 'person-left' : ''}`}
              key={person.agentId}
            >
              <span class="person-name">
                <strong>{person.name}</strong>
                <span class="soft">
                  {person.login}
                  {person.agentId === me.agent.agentId && ` (${t('people.me')})`}
                </span>
              </span>
              <span class="chip chip-quiet">{t(`roles.${person.role}`)}</span>
              {person.agentId !== me.agent.agentId && (
                <button
                  type="button"
                  aria-label={t('people.changeOf', { name: person.name })}
                  onClick={() => setChanging(person)}
                >
                  {t('people.change')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <NewPersonForm
        added={(person) => {
          setSaid(t('people.added', { name: person.name }));
          reload();
        }}
      />
      <InviteForm />
      {changing && (
        <ChangePersonDialog
          person={changing}
          close={() => setChanging(null)}
          saved={() => {
            setSaid(t('people.saved', { name: changing.name }));
            setChanging(null);
            reload();
          }}
        />
      )}
    </section>
  );
}

/** Who has left stands last. */
function inOrder(people: Person[]): Person[] {
  return people.toSorted((a, b) => Number(a.role === 'left') - Number(b.role === 'left'));
}
