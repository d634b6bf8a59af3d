import { useMemo, useState } from 'preact/hooks';
import { type InboxRowView, InboxSchema } from '../../desk/wire/inbox.ts';
import type { Me } from '../../desk/wire/people.ts';
import { AlertSwitch, DutySwitch } from './duty.tsx';
import { InboxRows } from './inbox-rows.tsx';
import { InboxSearch, useSearch } from './inbox-search.tsx';
import { usePageTitle } from './page-title.ts';
import { Busy, TroubleBox } from './parts.tsx';
import { INBOX_TABS, type InboxTab, linkTo } from './route.ts';
import { useTexts } from './texts.ts';
import { useTroubleText } from './use-act.ts';
import { useData } from './use-data.ts';
import type { Watch } from './use-watch.ts';

const CHANNELS = ['web', 'telegram', 'zalo-oa', 'zalo-bot', 'teams'] as const;
const LANGUAGES = ['vi', 'en'] as const;

interface Filter {
  channel: InboxRowView['channel'] | '';
  language: InboxRowView['language'] | '';
}

/** Every conversation, across the channels: who waits, one's own, all, and what is over. */
export function Inbox({ me, watch, tab }: { me: Me; watch: Watch; tab: InboxTab }) {
  const { t } = useTexts();
  const [filter, setFilter] = useState<Filter>({ channel: '', language: '' });
  const search = useSearch();
  const { inbox } = watch;
  usePageTitle(t('conversations.title'));
  const mine = me.agent.agentId;
  const counts: Partial<Record<InboxTab, number>> = {
    queue: inbox.rows?.filter(({ owner }) => owner.who === 'queued').length ?? 0,
    mine: inbox.rows?.filter(({ owner }) => owner.agentId === mine).length ?? 0,
  };
  return (
    <section class="page inbox">
      <div class="page-head">
        <h1>{t('conversations.title')}</h1>
        <nav class="tabs" aria-label={t('inbox.tabs.label')}>
          {INBOX_TABS.map((name) => (
            <a
              key={name}
              href={linkTo({ view: 'conversations', tab: name })}
              {...(name === tab ? { 'aria-current': 'page' as const } : {})}
            >
              {t(`inbox.tabs.${name}`)}
              {(counts[name] ?? 0) > 0 && <span class="count">{counts[name]}</span>}
            </a>
          ))}
        </nav>
        {me.agent.role !== 'viewer' && <DutySwitch inbox={inbox} />}
        <AlertSwitch />
      </div>
      <div class="inbox-tools">
        <InboxSearch search={search} />
        <Filters filter={filter} change={setFilter} />
      </div>
      {search.found ? (
        <>
          <p role="status">
            {t('inbox.found', { count: search.found.rows.length, q: search.found.q })}
          </p>
          <Rows
            rows={search.found.rows.filter((row) => fits(row, filter))}
            empty={t('inbox.empty.found')}
            me={me}
            slaMinutes={inbox.slaMinutes}
          />
        </>
      ) : tab === 'closed' ? (
        <Closed me={me} filter={filter} slaMinutes={inbox.slaMinutes} />
      ) : (
        <Open me={me} watch={watch} tab={tab} filter={filter} />
      )}
    </section>
  );
}

function fits(row: InboxRowView, { channel, language }: Filter): boolean {
  return (
    (channel === '' || row.channel === channel) && (language === '' || row.language === language)
  );
}

function Open(props: { me: Me; watch: Watch; tab: Exclude<InboxTab, 'closed'>; filter: Filter }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { me, tab, filter } = props;
  const { rows, trouble, reload, slaMinutes } = props.watch.inbox;
  const shown = useMemo(() => {
    const belongs = ({ owner }: InboxRowView) =>
      tab === 'all' ||
      (tab === 'queue' ? owner.who === 'queued' : owner.agentId === me.agent.agentId);
    return inOrder((rows ?? []).filter((row) => belongs(row) && fits(row, filter)));
  }, [rows, tab, filter, me]);
  const filtered = filter.channel !== '' || filter.language !== '';
  return (
    <>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!rows && !trouble && <Busy />}
      {rows && (
        <Rows
          rows={shown}
          empty={t(filtered ? 'inbox.empty.filtered' : `inbox.empty.${tab}`)}
          me={me}
          slaMinutes={slaMinutes}
        />
      )}
    </>
  );
}

function Closed({ me, filter, slaMinutes }: { me: Me; filter: Filter; slaMinutes: number }) {
  const { t } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = useData('/inbox?show=closed', InboxSchema);
  return (
    <>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data && (
        <Rows
          rows={data.rows.filter((row) => fits(row, filter))}
          empty={t('inbox.empty.closed')}
          me={me}
          slaMinutes={slaMinutes}
        />
      )}
    </>
  );
}

function Rows(props: { rows: InboxRowView[]; empty: string; me: Me; slaMinutes: number }) {
  if (props.rows.length === 0) return <p class="empty card">{props.empty}</p>;
  return <InboxRows rows={props.rows} me={props.me} slaMinutes={props.slaMinutes} />;
}

/** Who waits for a human first, the longest wait before the others; then the newest. */
function inOrder(rows: InboxRowView[]): InboxRowView[] {
  const since = ({ waiting }: InboxRowView) => waiting?.since ?? Number.POSITIVE_INFINITY;
  const rank = ({ owner }: InboxRowView) => (owner.who === 'queued' ? 0 : 1);
  return rows.toSorted(
    (a, b) =>
      rank(a) - rank(b) || (rank(a) === 0 ? since(a) - since(b) : 0) || b.updatedAt - a.updatedAt,
  );
}

function Filters({ filter, change }: { filter: Filter; change: (filter: Filter) => void }) {
  const { t } = useTexts();
  const any = (what: string) => t('inbox.any', { what: what.toLowerCase() });
  return (
    <>
      <select
        aria-label={t('inbox.channel')}
        value={filter.channel}
        onChange={({ currentTarget: { value } }) =>
          change({ ...filter, channel: CHANNELS.find((name) => name === value) ?? '' })
        }
      >
        <option value="">{any(t('inbox.channel'))}</option>
        {CHANNELS.map((name) => (
          <option key={name} value={name}>
            {t(`channel.${name}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('inbox.language')}
        value={filter.language}
        onChange={({ currentTarget: { value } }) =>
          change({ ...filter, language: LANGUAGES.find((name) => name === value) ?? '' })
        }
      >
        <option value="">{any(t('inbox.language'))}</option>
        {LANGUAGES.map((name) => (
          <option key={name} value={name}>
            {t(`lang.${name}`)}
          </option>
        ))}
      </select>
    </>
  );
}
