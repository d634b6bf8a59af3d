import type { ConversationView, Me } from '../../desk/wire.ts';
import { OwnerChip } from './chips.tsx';
import { usePageTitle } from './page-title.ts';
import { Busy, TroubleBox } from './parts.tsx';
import { linkTo } from './route.ts';
import { useTexts } from './texts.ts';
import { timeText } from './times.ts';
import { useTroubleText } from './use-act.ts';
import type { Watch } from './use-watch.ts';

/** Every conversation: who waits for a human first, then the newest. */
export function Conversations({ me, watch }: { me: Me; watch: Watch }) {
  const { t, language } = useTexts();
  const textOf = useTroubleText();
  const { data, trouble, reload } = watch.conversations;
  usePageTitle(t('conversations.title'));
  return (
    <section class="page page-narrow">
      <div class="page-head">
        <h1>{t('conversations.title')}</h1>
      </div>
      {trouble && <TroubleBox text={textOf(trouble)} again={reload} />}
      {!data && !trouble && <Busy />}
      {data?.conversations.length === 0 && <p class="empty card">{t('conversations.empty')}</p>}
      {data && data.conversations.length > 0 && (
        <ul class="card conversations">
          {inOrder(data.conversations).map((row) => (
            <li key={row.conversationId}>
              <a
                class="conversation"
                href={linkTo({ view: 'conversation', id: row.conversationId })}
              >
                <span class="conversation-top">
                  <strong>{row.accountName ?? t('conversations.someone')}</strong>
                  <OwnerChip owner={row.owner} me={me.agent} />
                  <span class="soft small conversation-time">
                    {timeText(language, row.updatedAt)}
                  </span>
                </span>
                <span class="conversation-text" lang={row.language}>
                  {row.lastText ?? t('conversations.noText')}
                </span>
                <span class="soft small">
                  {t(`channel.${row.channel}`)} · {t(`lang.${row.language}`)} ·{' '}
                  {t(row.accountVerified ? 'case.verified' : 'case.unverified')}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function inOrder(rows: ConversationView[]): ConversationView[] {
  const waits = (row: ConversationView) => Number(row.owner.who === 'queued');
  return rows.toSorted((a, b) => waits(b) - waits(a) || b.updatedAt - a.updatedAt);
}
