import type { ListedCase } from '../../desk/wire/cases.ts';
import type { ConversationView } from '../../desk/wire/conversations.ts';
import type { Person } from '../../desk/wire/people.ts';
import { useTexts } from './texts.ts';
import { countdown, timeText, useServerTime } from './times.ts';

const TONES: Record<ListedCase['status'], string> = {
  submitted: 'chip-accent',
  inReview: 'chip-accent',
  needsInfo: 'chip-quiet',
  unbound: 'chip-ok',
  rejected: 'chip-danger',
  cancelled: 'chip-quiet',
};

export function StatusChip({ status }: { status: ListedCase['status'] }) {
  const { t } = useTexts();
  return <span class={`chip ${TONES[status]}`}>{t(`status.${status}`)}</span>;
}

/** The time that is left, and the promise where it is later. It stands while the installer is asked. */
export function CaseClock({
  entry,
}: {
  entry: Pick<ListedCase, 'status' | 'target' | 'answerBy'>;
}) {
  const { t, language } = useTexts();
  const now = useServerTime();
  if (entry.status === 'needsInfo') return <span class="clock soft">{t('clock.paused')}</span>;
  const { target, answerBy } = entry;
  const { text, tone } = countdown(t, entry, now);
  const hint = [
    t('clock.targetAt', { time: timeText(language, target) }),
    t('clock.dueAt', { time: timeText(language, answerBy) }),
  ];
  return (
    <span class="clock-lines" title={hint.join('\n')}>
      <time class={`clock clock-${tone}`} dateTime={new Date(target).toISOString()}>
        {text}
      </time>
      {target !== answerBy && now <= answerBy && (
        <span class="soft small">
          {t('clock.promised', { time: timeText(language, answerBy) })}
        </span>
      )}
    </span>
  );
}

const OWNER_TONES = { bot: 'chip-quiet', queued: 'chip-warn', agent: 'chip-accent' } as const;

/** Who answers in a conversation. */
export function OwnerChip({ owner, me }: { owner: ConversationView['owner']; me: Person }) {
  const { t } = useTexts();
  const mine = owner.who === 'agent' && owner.agentId === me.agentId;
  const text = mine
    ? t('conversations.owner.me')
    : t(`conversations.owner.${owner.who}`, { name: owner.agentName ?? '' });
  return <span class={`chip ${OWNER_TONES[owner.who]}`}>{text}</span>;
}
