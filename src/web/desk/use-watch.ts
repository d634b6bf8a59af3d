import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CasesSchema, type ListedCase } from '../../desk/wire/cases.ts';
import { alertAgent } from './alerts.ts';
import { type T, useTexts } from './texts.ts';
import { setServerTime } from './times.ts';
import { type Data, useData } from './use-data.ts';
import { type InboxList, useInboxList } from './use-inbox-list.ts';

export interface Watch {
  cases: Data<{ now: number; cases: ListedCase[] }>;
  inbox: InboxList;
  /** Cases that the desk has to decide. */
  toDecide: number;
  /** Installers who wait for a human. */
  queued: number;
  /** What came last, as a sentence to be read out. */
  announcement: string;
}

/** Watches the queue and the conversations, whatever the view. */
export function useWatch(me: string): Watch {
  const { t } = useTexts();
  const cases = useData('/cases?show=open', CasesSchema);
  const inbox = useInboxList();
  const [announcement, setAnnouncement] = useState('');
  const now = cases.data?.now;
  useEffect(() => {
    if (now !== undefined) setServerTime(now);
  }, [now]);

  // What somebody's server decides calls nobody here.
  const open = useMemo(
    () => cases.data?.cases.filter(({ decidedHere }) => decidedHere),
    [cases.data],
  );
  const before = useRef<ListedCase[] | null>(null);
  useEffect(() => {
    if (!open) return;
    const sentence = before.current === null ? null : newsOf(t, before.current, open);
    before.current = open;
    if (sentence !== null) {
      setAnnouncement(sentence);
      alertAgent(sentence);
    }
  }, [open]);

  const { rows } = inbox;
  const queued = rows?.filter(({ owner }) => owner.who === 'queued').length ?? 0;
  const unread =
    rows?.filter(({ owner, unread: count }) => owner.agentId === me && count > 0).length ?? 0;
  const queuedBefore = useRef<number | null>(null);
  useEffect(() => {
    if (rows === null) return;
    const known = queuedBefore.current;
    queuedBefore.current = queued;
    if (known !== null && queued > known) {
      setAnnouncement(t('announce.queued'));
      alertAgent(t('announce.queued'));
    }
  }, [rows]);

  const toDecide = (open ?? []).filter(({ status }) => status !== 'needsInfo').length;
  const unreadBefore = useRef(0);
  useEffect(() => {
    if (unread > unreadBefore.current) alertAgent(t('announce.unread'));
    unreadBefore.current = unread;
  }, [unread]);
  const mineBefore = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (rows === null) return;
    const mine = rows.filter(({ owner }) => owner.agentId === me);
    // Handed back it is the bot's; otherwise somebody else has it or may take it.
    const lost = rows.some(
      ({ conversationId, owner }) =>
        mineBefore.current?.has(conversationId) && owner.who !== 'bot' && owner.agentId !== me,
    );
    mineBefore.current = new Set(mine.map(({ conversationId }) => conversationId));
    if (!lost) return;
    setAnnouncement(t('inbox.lost'));
    alertAgent(t('inbox.lost'));
  }, [rows]);
  return { cases, inbox, toDecide, queued, announcement };
}

/** What the second list has that the first had not, or null. */
function newsOf(t: T, before: ListedCase[], after: ListedCase[]): string | null {
  const known = new Map(before.map((entry) => [entry.caseId, entry]));
  const fresh = after.filter(({ caseId }) => !known.has(caseId));
  const [first] = fresh;
  if (fresh.length > 1) return t('announce.newCases', { count: fresh.length });
  if (first) return t('announce.newCase', { number: first.number, serial: first.serial });
  const again = after.find(
    ({ caseId, status }) => status === 'submitted' && known.get(caseId)?.status === 'needsInfo',
  );
  return again ? t('announce.sentAgain', { number: again.number }) : null;
}
