import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../desk/wire/people.ts';
import { VerificationsSchema } from '../../desk/wire/verification.ts';
import { AccountDialog } from './account.tsx';
import { act, Trouble } from './api.ts';
import { Audit } from './audit.tsx';
import { CasePage } from './case-page.tsx';
import { ConversationPage } from './conversation-page.tsx';
import { Figures } from './figures.tsx';
import { Inbox } from './inbox.tsx';
import { goSearch } from './inbox-search.tsx';
import { listen } from './live.ts';
import { Office } from './office.tsx';
import { WaitingContext } from './page-title.ts';
import { LanguageSwitch, TroubleBox } from './parts.tsx';
import { People } from './people.tsx';
import { ClosedCases, OpenCases } from './queue.tsx';
import { linkTo, type Route, useRoute } from './route.ts';
import { useShortcut, useShortcutKeys } from './shortcuts.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { type Language, useTexts } from './texts.ts';
import { Tokens } from './tokens.tsx';
import { useData } from './use-data.ts';
import { useWatch, type Watch } from './use-watch.ts';
import { Verifications } from './verifications.tsx';
import { ZaloOa } from './zalo-oa.tsx';

interface ShellProps {
  me: Me;
  chooseLanguage: (language: Language) => void;
  /** Nobody is signed in any more; `ended` when not by the agent's own wish. */
  left: (ended: boolean) => void;
}

const VIEWS = [
  'cases',
  'conversations',
  'verifications',
  'figures',
  'people',
  'office',
  'audit',
  'zaloOa',
] as const;
/** Of these the first so many are for everybody, the others for admins. */
const FOR_ALL = 4;
const HOME: Record<(typeof VIEWS)[number], Route> = {
  cases: { view: 'cases', show: 'open' },
  conversations: { view: 'conversations', tab: 'all' },
  verifications: { view: 'verifications' },
  figures: { view: 'figures' },
  people: { view: 'people' },
  office: { view: 'office' },
  audit: { view: 'audit' },
  zaloOa: { view: 'zaloOa', back: '' },
};
const PART_OF: Record<Route['view'], (typeof VIEWS)[number]> = {
  cases: 'cases',
  case: 'cases',
  conversations: 'conversations',
  conversation: 'conversations',
  figures: 'figures',
  verifications: 'verifications',
  people: 'people',
  office: 'office',
  tokens: 'people',
  audit: 'audit',
  zaloOa: 'zaloOa',
};

/** The frame around every view of somebody who is signed in. */
export function Shell({ me, chooseLanguage, left }: ShellProps) {
  const { t } = useTexts();
  const route = useRoute();
  const watch = useWatch(me.agent.agentId);
  const [up, setUp] = useState(true);
  const [account, setAccount] = useState(false);
  const [stillIn, setStillIn] = useState(false);
  useEffect(() => listen(setUp, () => left(true)), []);
  useFocusOnMain(route);
  const [keys, setKeys] = useState(false);
  useShortcutKeys();
  useShortcut('help', () => setKeys(true));
  useShortcut('search', goSearch);
  const signOut = () => {
    setStillIn(false);
    act('/logout').then(
      () => left(false),
      (error: unknown) => {
        const out = error instanceof Trouble && error.code === 'notSignedIn';
        if (out) left(false);
        else setStillIn(true);
      },
    );
  };
  return (
    <WaitingContext.Provider value={watch.toDecide + watch.queued}>
      <button type="button" class="skip" onClick={focusMain}>
        {t('skip')}
      </button>
      <header class="top">
        <span class="brand">{t('title')}</span>
        <Tabs me={me} route={route} watch={watch} />
        <div class="top-end">
          <span class={`live ${up ? 'live-on' : 'live-off'}`} role="status">
            {up ? <span class="visually-hidden">{t('live.on')}</span> : t('live.off')}
          </span>
          <LanguageSwitch choose={chooseLanguage} />
          <button
            type="button"
            class="who"
            aria-label={t('nav.account', { name: me.agent.name })}
            onClick={() => setAccount(true)}
          >
            {me.agent.name}
          </button>
          <button
            type="button"
            class="keys"
            aria-label={t('shortcuts.open')}
            title={t('shortcuts.open')}
            onClick={() => setKeys(true)}
          >
            ?
          </button>
          <button type="button" onClick={signOut}>
            {t('nav.signOut')}
          </button>
        </div>
      </header>
      <p class="visually-hidden" role="status">
        {watch.announcement}
      </p>
      <main id="main" tabIndex={-1}>
        {stillIn && (
          <div class="page">
            <TroubleBox text={t('nav.signOutFailed')} />
          </div>
        )}
        <View route={route} me={me} watch={watch} />
      </main>
      {keys && <ShortcutsDialog close={() => setKeys(false)} />}
      {account && <AccountDialog close={() => setAccount(false)} />}
    </WaitingContext.Provider>
  );
}

function Tabs({ me, route, watch }: { me: Me; route: Route; watch: Watch }) {
  const { t } = useTexts();
  const part = PART_OF[route.view];
  const shown = me.agent.role === 'admin' ? VIEWS : VIEWS.slice(0, FOR_ALL);
  const { data } = useData('/verifications', VerificationsSchema);
  const counts: Record<string, number> = {
    cases: watch.toDecide,
    conversations: watch.queued,
    verifications: data?.verifications.filter(({ decidedHere }) => decidedHere).length ?? 0,
  };
  return (
    <nav class="tabs" aria-label={t('nav.label')}>
      {shown.map((view) => (
        <a
          key={view}
          href={linkTo(HOME[view])}
          {...(view === part ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`nav.${view}`)}
          {(counts[view] ?? 0) > 0 && (
            <span class="badge">
              <span aria-hidden="true">{counts[view]}</span>
              <span class="visually-hidden">{t('nav.waiting', { count: counts[view] ?? 0 })}</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}

/** A button and no link: the fragment names the view. */
function focusMain(): void {
  document.getElementById('main')?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** A new view begins at its top, for the keyboard and for screen readers too. */
function useFocusOnMain(route: Route): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else focusMain();
  }, [route]);
}

function View({ route, me, watch }: { route: Route; me: Me; watch: Watch }): ComponentChildren {
  switch (route.view) {
    case 'cases':
      return route.show === 'open' ? <OpenCases watch={watch} /> : <ClosedCases />;
    case 'case':
      return <CasePage key={route.id} caseId={route.id} me={me} />;
    case 'conversations':
      return <Inbox me={me} watch={watch} tab={route.tab} />;
    case 'conversation':
      return <ConversationPage key={route.id} conversationId={route.id} me={me} watch={watch} />;
    case 'figures':
      return <Figures />;
    case 'verifications':
      return <Verifications me={me} />;
    case 'people':
      return <People me={me} />;
    case 'office':
      return <Office />;
    case 'tokens':
      return <Tokens />;
    case 'audit':
      return <Audit />;
    case 'zaloOa':
      return <ZaloOa key={route.back} back={route.back} />;
  }
}
