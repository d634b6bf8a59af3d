import { useEffect, useState } from 'preact/hooks';
import { type Me, MeSchema } from '../../desk/wire/people.ts';
import { beginSession, get, Trouble } from './api.ts';
import { Entry, type EntryLink } from './entry.tsx';
import { Busy, TroubleBox } from './parts.tsx';
import { Shell } from './shell.tsx';
import { firstLanguage, keepLanguage, type Language, LanguageContext } from './texts.ts';
import { useTroubleText } from './use-act.ts';

/** Which language, and who is signed in. */
export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  document.documentElement.lang = language;
  const choose = (chosen: Language) => {
    keepLanguage(chosen);
    setLanguage(chosen);
  };
  return (
    <LanguageContext.Provider value={language}>
      <Door chooseLanguage={choose} />
    </LanguageContext.Provider>
  );
}

type Standing =
  | { as: 'asking' }
  | { as: 'failed'; error: unknown }
  | { as: 'out'; ended: boolean }
  | { as: 'in'; me: Me };

function Door({ chooseLanguage }: { chooseLanguage: (language: Language) => void }) {
  const textOf = useTroubleText();
  const [link] = useState(takeLink);
  const [standing, setStanding] = useState<Standing>({ as: 'asking' });

  const enter = (me: Me) => {
    beginSession(me.csrf, () => setStanding({ as: 'out', ended: true }));
    setStanding({ as: 'in', me });
  };
  const ask = () => {
    setStanding({ as: 'asking' });
    get('/me', MeSchema).then(enter, (error: unknown) => {
      const out = error instanceof Trouble && error.code === 'notSignedIn';
      setStanding(out ? { as: 'out', ended: false } : { as: 'failed', error });
    });
  };
  useEffect(() => {
    if (link === null) ask();
    else setStanding({ as: 'out', ended: false });
  }, []);

  switch (standing.as) {
    case 'asking':
      return <Busy />;
    case 'failed':
      return <TroubleBox text={textOf(standing.error)} again={ask} />;
    case 'out':
      return (
        <Entry link={link} ended={standing.ended} entered={enter} chooseLanguage={chooseLanguage} />
      );
    case 'in':
      return (
        <Shell
          me={standing.me}
          chooseLanguage={chooseLanguage}
          left={(ended) => setStanding({ as: 'out', ended })}
        />
      );
  }
}

/** A link that lets somebody in, taken out of the address at once; null on every other page. */
function takeLink(): EntryLink | null {
  const as = (['setup', 'invite'] as const).find((name) =>
    location.pathname.startsWith(`/desk/${name}`),
  );
  if (!as) return null;
  const token = location.hash.slice(1);
  history.replaceState(null, '', '/desk');
  return { as, token };
}
