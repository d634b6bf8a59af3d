import { memo } from 'preact/compat';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { InboxRowView } from '../../desk/wire/inbox.ts';
import type { Me } from '../../desk/wire/people.ts';
import { OwnerChip } from './chips.tsx';
import { rememberOrder } from './neighbours.ts';
import { linkTo } from './route.ts';
import { useShortcut } from './shortcuts.ts';
import { useTexts } from './texts.ts';
import { lengthText, timeText, useServerTime } from './times.ts';

/** Pixels of a row, as inbox.css has it: only the rows in sight are in the page. */
const ROW = 92;
/** Rows above and below those in sight, so that the keyboard finds the next one. */
const SPARE = 6;

/** A long list of conversations, of which the page holds what can be seen. */
export function InboxRows(props: { rows: InboxRowView[]; me: Me; slaMinutes: number }) {
  const { t } = useTexts();
  const list = useRef<HTMLUListElement>(null);
  const [from, to] = useInSight(list, props.rows.length);
  useLayoutEffect(() => rememberOrder(props.rows.map(({ conversationId }) => conversationId)));
  const neighbour = (step: number): HTMLElement | null => {
    const links: (Element | null)[] = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement);
    const next = at === -1 ? null : links[at + step];
    return next instanceof HTMLElement ? next : null;
  };
  const move = (event: KeyboardEvent) => {
    const next = neighbour({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0);
    if (!next || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    next.focus();
  };
  /** From elsewhere in the page to the first row that is in sight. */
  const enter = () =>
    [...(list.current?.querySelectorAll<HTMLElement>('a') ?? [])]
      .find((link) => link.getBoundingClientRect().bottom > 0)
      ?.focus();
  const isIn = () => list.current?.contains(document.activeElement) ?? false;
  useShortcut('next', () => (isIn() ? neighbour(1)?.focus() : enter()));
  useShortcut('previous', () => (isIn() ? neighbour(-1)?.focus() : enter()));
  return (
    <>
      <p id="inbox-hint" class="visually-hidden">
        {t('inbox.listHint')}
      </p>
      <ul
        ref={list}
        class="card conversations inbox-rows"
        aria-label={t('inbox.list')}
        aria-describedby="inbox-hint"
        style={{ paddingTop: from * ROW, paddingBottom: (props.rows.length - to) * ROW }}
        onKeyDown={move}
      >
        {props.rows.slice(from, to).map((row) => (
          <Row key={row.conversationId} row={row} me={props.me} slaMinutes={props.slaMinutes} />
        ))}
      </ul>
    </>
  );
}

/** The first row and the one behind the last that may be seen where the page is scrolled to. */
function useInSight(
  list: { current: HTMLUListElement | null },
  count: number,
): [from: number, to: number] {
  const [range, setRange] = useState<[number, number]>([0, 30]);
  useLayoutEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const top = -(list.current?.getBoundingClientRect().top ?? 0);
      const first = Math.max(0, Math.floor(top / ROW) - SPARE);
      const last = Math.ceil((top + innerHeight) / ROW) + SPARE;
      setRange((before) => (before[0] === first && before[1] === last ? before : [first, last]));
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', soon);
      removeEventListener('resize', soon);
    };
  }, []);
  const to = Math.min(count, Math.max(range[1], 1));
  return [Math.min(range[0], Math.max(0, to - 1)), to];
}

const Row = memo(({ row, me, slaMinutes }: { row: InboxRowView; me: Me; slaMinutes: number }) => {
  const { t, language } = useTexts();
  return (
    <li>
      <a
        class={`conversation ${row.unread > 0 ? 'conversation-unread' : ''}`}
        href={linkTo({ view: 'conversation', id: row.conversationId })}
      >
        <span class="conversation-top">
          <strong class="conversation-who">{row.accountName ?? t('conversations.someone')}</strong>
          <OwnerChip owner={row.owner} me={me.agent} />
          {row.unread > 0 && (
            <span class="badge">
              <span aria-hidden="true">{row.unread}</span>
              <span class="visually-hidden">{t('inbox.unread', { count: row.unread })}</span>
            </span>
          )}
          <span class="soft small conversation-time">{timeText(language, row.updatedAt)}</span>
        </span>
        <span class="conversation-text" lang={row.language}>
          {row.lastText ?? t('conversations.noText')}
        </span>
        <span class="soft small conversation-text">
          {row.waiting && <Waits waiting={row.waiting} slaMinutes={slaMinutes} />}
          {t(`channel.${row.channel}`)} · {t(`lang.${row.language}`)}
          {row.openCases > 0 && ` · ${t('inbox.openCases', { count: row.openCases })}`}
        </span>
      </a>
    </li>
  );
});

/** How long somebody waits, against the minutes within which a human is promised. */
function Waits(props: { waiting: NonNullable<InboxRowView['waiting']>; slaMinutes: number }) {
  const { t } = useTexts();
  const now = useServerTime();
  const { since, why } = props.waiting;
  const waited = Math.max(0, now - since);
  const late = waited > props.slaMinutes * 60_000;
  return (
    <span class={`waits ${late ? 'waits-late' : ''}`}>
      {t(`inbox.waits.${why}`)}: {lengthText(t, waited)} ·{' '}
    </span>
  );
}
