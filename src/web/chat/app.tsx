import { useEffect, useState } from 'preact/hooks';
import { Composer } from './composer.tsx';
import { stepNow } from './conversation.ts';
import { Header } from './header.tsx';
import type { LinkDialog } from './link-dialog.tsx';
import { LinksContext, useLinks } from './links.ts';
import { Log } from './log.tsx';
import { LanguageContext, useTexts } from './texts.ts';
import { useChat } from './use-chat.ts';
import { sortFiles, useDrop } from './use-drop.ts';

export function App() {
  const { chat, language, sender, speak } = useChat();
  return (
    <LanguageContext.Provider value={language}>
      <Page chat={chat} sender={sender} speak={speak} />
    </LanguageContext.Provider>
  );
}

type Parts = Pick<ReturnType<typeof useChat>, 'chat' | 'sender' | 'speak'>;

function Page({ chat, sender, speak }: Parts) {
  const { t, language } = useTexts();
  /** Pictures pasted or dropped, shown once more before they are sent. */
  const [staged, setStaged] = useState<File[]>([]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = t('name');
  }, [language, t]);

  const take = (files: File[]) => {
    const { pictures, others } = sortFiles(files);
    setStaged((already) => [...already, ...pictures]);
    for (const file of others) sender.add({ type: 'file', file });
  };
  const dropping = useDrop(take);

  const [Dialog, setDialog] = useState<typeof LinkDialog | null>(null);
  const [asked, setAsked] = useState(false);
  const newest = chat.lines.at(-1)?.id;
  // Once a code was given out here, each line may say that the other side has used it.
  const links = useLinks(chat.ready, asked ? newest : null);
  // Most visits need no dialog: it is loaded when it is asked for.
  const arrange = () => {
    setAsked(true);
    void import('./link-dialog.tsx').then((loaded) => setDialog(() => loaded.LinkDialog));
  };

  return (
    <LinksContext.Provider value={{ ...links, arrange }}>
      <Header speak={speak} step={stepNow(chat.lines)} />
      <Log chat={chat} sender={sender} />
      <p class="link" role="status">
        {linkText(chat, t)}
      </p>
      <Composer sender={sender} staged={staged} setStaged={setStaged} take={take} />
      {dropping && <div class="drop">{t('write.drop')}</div>}
      {Dialog && <Dialog close={() => setDialog(null)} />}
    </LinksContext.Provider>
  );
}

function linkText(chat: Parts['chat'], t: ReturnType<typeof useTexts>['t']): string {
  const { link } = chat;
  return link === 'open' || link === 'connecting' ? '' : t(`connection.${link}`);
}
