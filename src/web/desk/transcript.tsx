import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LineView } from '../../desk/wire/conversations.ts';
import { act, filePath } from './api.ts';
import { Busy, TroubleBox } from './parts.tsx';
import { PhotoViewer } from './photo-viewer.tsx';
import { linkTo } from './route.ts';
import { type T, useTexts, wayText } from './texts.ts';
import { Thumb } from './thumb.tsx';
import { timeText } from './times.ts';
import { useTroubleText } from './use-act.ts';
import { tellInbox } from './use-inbox-list.ts';
import { useTranscript } from './use-transcript.ts';

/** This near its end, the list follows new lines. */
const NEAR = 80;

/** What was said, as it was shown to the installer. */
export function Transcript(props: { conversationId: string; underAgent: boolean }) {
  const { conversationId, underAgent } = props;
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { lines, trouble, reload } = useTranscript(conversationId);
  const [opened, setOpened] = useState<{ photos: string[]; first: number } | null>(null);
  useSeen(conversationId, lines);
  const list = useRef<HTMLDivElement>(null);
  const follow = useRef(true);
  useLayoutEffect(() => {
    if (follow.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [lines]);
  return (
    <>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!lines && !trouble && <Busy />}
      {lines && (
        <div
          ref={list}
          class="transcript"
          role="log"
          aria-label={t('transcript.label')}
          onScroll={({ currentTarget: at }) => {
            follow.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR;
          }}
        >
          {lines.length === 0 && <p class="soft">{t('transcript.empty')}</p>}
          {lines.map((line) => (
            <Line
              key={line.id}
              conversationId={conversationId}
              line={line}
              underAgent={underAgent}
              open={setOpened}
            />
          ))}
        </div>
      )}
      {opened !== null && (
        <PhotoViewer
          conversationId={conversationId}
          photos={opened.photos.map((blobId) => ({ blobId, frames: [] }))}
          first={opened.first}
          close={() => setOpened(null)}
        />
      )}
    </>
  );
}

/** Says that this agent has seen the newest line, while the page is looked at. */
function useSeen(conversationId: string, lines: LineView[] | null): void {
  const last = lines?.at(-1)?.id ?? 0;
  useEffect(() => {
    const see = () => {
      if (last === 0 || document.hidden) return;
      act(`/conversations/${encodeURIComponent(conversationId)}/seen`, { line: last }).then(
        () => tellInbox(conversationId),
        // It stays unread, which is what an agent sees then.
        () => undefined,
      );
    };
    see();
    document.addEventListener('visibilitychange', see);
    return () => document.removeEventListener('visibilitychange', see);
  }, [conversationId, last]);
}

function authorText(t: T, line: LineView): string {
  if (line.author !== 'agent') return t(`transcript.${line.author}`);
  return t('transcript.agent', { name: line.agentName ?? '' });
}

function Line(props: {
  conversationId: string;
  line: LineView;
  underAgent: boolean;
  open: (what: { photos: string[]; first: number }) => void;
}) {
  const { t, language } = useTexts();
  const { line, underAgent } = props;
  // What was under way when an agent took over; what still waited was withdrawn.
  const passing = underAgent && line.author === 'bot' && line.delivery === 'due' && !line.aboutCase;
  const undone = line.delivery !== 'sent' && line.author !== 'installer' ? line.delivery : null;
  return (
    <article class={`line line-${line.author} ${undone ? `line-${undone}` : ''}`}>
      <header class="line-head">
        <strong>{authorText(t, line)}</strong> <span>{timeText(language, line.at)}</span>
        {line.aboutCase && <span class="line-news"> · {t('inbox.line.aboutCase')}</span>}
        {line.way && <span class="line-state"> · {wayText(t, line.way)}</span>}
        {line.toldIn && (
          <a
            class="line-told"
            href={linkTo({ view: 'conversation', id: line.toldIn.conversationId })}
          >
            {t('transcript.toldIn', { channel: t(`channel.${line.toldIn.channel}`) })}
          </a>
        )}
        {undone && (
          <span class="line-state">
            {' · '}
            {passing ? t('inbox.line.underWay') : t(`transcript.delivery.${undone}`)}
          </span>
        )}
      </header>
      {line.text !== '' && (
        <p class="line-text" lang={line.language}>
          {line.text}
        </p>
      )}
      {line.secret && line.text === '' && <p class="line-secret">{t('transcript.secret')}</p>}
      {line.pictures.map((alt) => (
        <p key={alt} class="line-picture">
          {t('transcript.picture', { alt })}
        </p>
      ))}
      {line.photos.length > 0 && (
        <div class="line-photos">
          {line.photos.map((blobId, index) => (
            <Thumb
              key={blobId}
              conversationId={props.conversationId}
              blobId={blobId}
              n={index + 1}
              open={() => props.open({ photos: line.photos, first: index })}
            />
          ))}
        </div>
      )}
      {line.file && (
        <p class="line-text">
          <a href={filePath(props.conversationId, line.file.blobId)} download={line.file.name}>
            {t('inbox.file.open', {
              name: line.file.name,
              size: Math.max(1, Math.round(line.file.size / 1024)).toLocaleString(language),
            })}
          </a>
        </p>
      )}
      {line.choices.length > 0 && (
        <ul class="line-choices" aria-label={t('transcript.choices')} lang={line.language}>
          {line.choices.map((label) => (
            <li key={label}>{label}</li>
          ))}
        </ul>
      )}
    </article>
  );
}
