import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { openSession } from './api.ts';
import { type Chat, EMPTY, step } from './conversation.ts';
import { linkedElsewhere, lookForLinks, onLinked } from './links.ts';
import { notified } from './push.ts';
import { Sender } from './sender.ts';
import { Stream } from './stream.ts';
import { firstLanguage, keepLanguage, type Language } from './texts.ts';
import { KeptUnsent } from './unsent.ts';

/** The conversation, live, and what can be done to it. */
export function useChat(): {
  chat: Chat;
  language: Language;
  sender: Sender;
  /** Switches the page and the conversation. */
  speak: (language: Language) => void;
} {
  const [chat, dispatch] = useReducer(step, EMPTY);
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const spoken = useRef(language);
  spoken.current = language;

  const { sender, stream } = useMemo(() => {
    const session = async () => {
      const answer = await openSession(spoken.current);
      if ('language' in answer) return true;
      const off = navigator.onLine ? 'down' : 'offline';
      dispatch({ do: 'link', link: navigator.cookieEnabled ? off : 'noCookies' });
      return false;
    };
    const made = new Sender({
      dispatch,
      renew: session,
      language: () => spoken.current,
      unsent: new KeptUnsent(),
    });
    const whenReady = () => {
      void made.takeUp();
      void made.go();
    };
    return { sender: made, stream: new Stream(dispatch, session, whenReady) };
  }, []);

  useEffect(() => {
    void stream.start();
    const hurry = () => {
      stream.hurry();
      void sender.go();
    };
    const look = () => {
      if (document.visibilityState === 'visible') hurry();
      // The server tells by other ways who does not listen; a page that nobody sees must not count as listening.
      else if (notified() || linkedElsewhere()) stream.stop();
      // It may have been linked from the other side.
      else void lookForLinks(spoken.current);
    };
    // Whoever opens the messenger from here hides the page before it is linked.
    const unlisten = onLinked(() => {
      if (document.visibilityState === 'hidden') stream.stop();
    });
    const lose = () => stream.lose();
    window.addEventListener('online', hurry);
    window.addEventListener('offline', lose);
    window.addEventListener('pageshow', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('online', hurry);
      window.removeEventListener('offline', lose);
      window.removeEventListener('pageshow', look);
      document.removeEventListener('visibilitychange', look);
      unlisten();
      stream.stop();
    };
  }, [sender, stream]);

  // The page speaks as the conversation does: the newest answer of the bot tells.
  const newest = chat.lines.findLast((line) => line.author === 'bot')?.id;
  useEffect(() => {
    const line = chat.lines.findLast((one) => one.id === newest);
    if (chat.ready && line !== undefined) setLanguage(line.language);
  }, [newest, chat.ready]);

  const speak = (wanted: Language) => {
    if (wanted === language) return;
    setLanguage(wanted);
    keepLanguage(wanted);
    sender.add({ type: 'text', text: `/${wanted}`, silent: true });
  };
  return { chat, language, sender, speak };
}
