import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Line } from '../../channels/web/wire.ts';
import { Bubble } from './bubble.tsx';
import { awaitsBot, type Chat, newestOfCases, pressable } from './conversation.ts';
import { dayKey, dayName } from './days.ts';
import { ArrowIcon } from './icons.tsx';
import { PendingBubble } from './pending-bubble.tsx';
import type { Sender } from './sender.ts';
import { LANGUAGES, useTexts } from './texts.ts';

/** An answer that takes longer than this is not being typed. */
const PATIENCE = 12_000;
/** Pixels from the end that still count as "at the end". */
const NEAR = 80;

export function Log({ chat, sender }: { chat: Chat; sender: Sender }) {
  const { t, language } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const typing = useTyping(chat);
  const { away, toEnd } = useFollowing(box, chat, typing);
  const lines = chat.lines.filter((line) => !isSwitch(line));
  const active = pressable(chat.lines);
  const cases = newestOfCases(chat.lines);
  const pending = chat.pending.filter((one) => !one.seen && !isSilent(one));
  const press = (token: string, label: string) => sender.add({ type: 'choice', token, label });

  return (
    <main class="middle">
      <div class="log" ref={box} role="log" aria-label={t('log')} aria-busy={!chat.ready}>
        {!chat.ready && chat.lines.length === 0 && <p class="quiet">{t('loading')}</p>}
        {lines.map((line, index) => {
          const before = lines[index - 1];
          const newDay = before === undefined || dayKey(before.at) !== dayKey(line.at);
          return (
            <Fragment key={line.id}>
              {newDay && <h2 class="day">{dayName(line.at, Date.now(), language, t)}</h2>}
              <Bubble
                line={line}
                active={active.has(line.id)}
                timed={endsRun(line, lines[index + 1])}
                card={cases.get(line.shown.caseId ?? '') === line.id}
                online={chat.link === 'open'}
                press={press}
              />
            </Fragment>
          );
        })}
        {pending.map((one) => (
          <PendingBubble key={one.id} pending={one} sender={sender} />
        ))}
        {typing && (
          <div class="row bot">
            <p class="bubble typing">
              <span class="visually-hidden">{t('typing')}</span>
              <i /> <i /> <i />
            </p>
          </div>
        )}
      </div>
      {away && (
        <button type="button" class="newest" aria-label={t('newest')} onClick={toEnd}>
          <ArrowIcon />
        </button>
      )}
    </main>
  );
}

/** The language switch speaks to the assistant in words of its own, which nobody wrote. */
function isSwitch({ author, shown }: Line): boolean {
  return author === 'installer' && LANGUAGES.some((language) => shown.text === `/${language}`);
}

/** Of lines that one author says in a minute, the last one tells the time. */
function endsRun(line: Line, next: Line | undefined): boolean {
  return next?.author !== line.author || next.at - line.at > 60_000;
}

function isSilent(pending: Chat['pending'][number]): boolean {
  return pending.what.type === 'text' && pending.what.silent === true && pending.state !== 'failed';
}

/** True while an answer is to be expected soon. */
function useTyping(chat: Chat): boolean {
  const awaited = chat.ready && awaitsBot(chat);
  const last = chat.lines.at(-1)?.id;
  const [patient, setPatient] = useState(false);
  useEffect(() => {
    // What was left unanswered in the backlog is not being answered now.
    const fresh = Date.now() - (chat.lines.at(-1)?.at ?? 0) < PATIENCE;
    setPatient(awaited && fresh);
    const timer = setTimeout(() => setPatient(false), PATIENCE);
    return () => clearTimeout(timer);
  }, [awaited, last]);
  return awaited && patient;
}

/** Keeps the end in view, unless the person has scrolled up to read. */
function useFollowing(box: { current: HTMLDivElement | null }, chat: Chat, typing: boolean) {
  const follows = useRef(true);
  const [away, setAway] = useState(false);
  const toEnd = () => {
    const log = box.current;
    if (log !== null) log.scrollTop = log.scrollHeight;
  };
  useEffect(() => {
    const log = box.current;
    if (log === null) return;
    // Not every browser lets the keyboard reach a box that scrolls.
    log.tabIndex = 0;
    const look = () => {
      follows.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
      setAway(!follows.current);
    };
    // A keyboard that opens, a picture that loads: the end moves without a scroll.
    const resized = new ResizeObserver(() => follows.current && toEnd());
    resized.observe(log);
    log.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      log.removeEventListener('scroll', look);
    };
  }, []);
  const mine = chat.pending.at(-1)?.id;
  useLayoutEffect(() => {
    if (mine !== undefined) follows.current = true;
  }, [mine]);
  useLayoutEffect(() => {
    if (follows.current) toEnd();
  }, [chat.lines.length, chat.pending, typing]);
  return { away, toEnd };
}
