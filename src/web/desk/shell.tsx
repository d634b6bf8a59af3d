import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../../desk/wire.ts';
import { act } from './api.ts';
import { CasePage } from './case-page.tsx';
import { ConversationPage } from './conversation-page.tsx';
import { Conversations } from './conversations.tsx';
import { listen } from './live.ts';
import { LanguageSwitch } from './parts.tsx';
import { People } from './people.tsx';
import { Queue } from './queue.tsx';
import { linkTo, type Route, useRoute } from './route.ts';
import { type Language, useTexts } from './texts.ts';

interface ShellProps {
  me: Me;
  chooseLanguage: (language: Language) => void;
  /** Nobody is signed in any more; `ended` when not by the agent's own wish. */
  left: (ended: boolean) => void;
}

const VIEWS = ['cases', 'conversations', 'people'] as const;
const HOME: Record<(typeof VIEWS)[number], Route> = {
  cases: { view: 'cases', show: 'open' },
  conversations: { view: 'conversations' },
  people: { view: 'people' },
};
const PART_OF: Record<Route['view'], (typeof VIEWS)[number]> = {
  cases: 'cases',
  case: 'cases',
  conversations: 'conversations',
  conversation: 'conversations',
  people: 'people',
};

/** The frame around every view of somebody who is signed in. */
export function Shell({ me, chooseLanguage, left }: ShellProps) {
  const { t } = useTexts();
  const route = useRoute();
  const [up, setUp] = useState(true);
  useEffect(() => listen(setUp, () => left(true)), []);
  const signOut = () => {
    act('/logout').then(
      () => left(false),
      () => left(false),
    );
  };
  const part = PART_OF[route.view];
  const shown = me.agent.role === 'admin' ? VIEWS : VIEWS.slice(0, 2);
  return (
    <>
      <button type="button" class="skip" onClick={focusMain}>
        {t('skip')}
      </button>
      <header class="top">
        <span class="brand">{t('title')}</span>
        <nav class="tabs" aria-label={t('nav.label')}>
          {shown.map((view) => (
            <a
              key={view}
              href={linkTo(HOME[view])}
              {...(view === part ? { 'aria-current': 'page' as const } : {})}
            >
              {t(`nav.${view}`)}
            </a>
          ))}
        </nav>
        <div class="top-end">
          <span class={`live ${up ? 'live-on' : 'live-off'}`} role="status">
            {up ? <span class="visually-hidden">{t('live.on')}</span> : t('live.off')}
          </span>
          <LanguageSwitch choose={chooseLanguage} />
          <span class="who" title={t('nav.signedInAs', { name: me.agent.name })}>
            {me.agent.name}
          </span>
          <button type="button" onClick={signOut}>
            {t('nav.signOut')}
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <View route={route} me={me} />
      </main>
    </>
  );
}

/** A button and no link: the fragment names the view. */
function focusMain(): void {
  document.getElementById('main')?.focus();
}

function View({ route, me }: { route: Route; me: Me }): ComponentChildren {
  switch (route.view) {
    case 'cases':
      return <Queue show={route.show} />;
    case 'case':
      return <CasePage key={route.id} caseId={route.id} me={me} />;
    case 'conversations':
      return <Conversations me={me} />;
    case 'conversation':
      return <ConversationPage key={route.id} conversationId={route.id} me={me} />;
    case 'people':
      return <People />;
  }
}
