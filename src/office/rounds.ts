import type { Logger } from 'pino';
import { backendOf } from '../dialogue/effect.ts';
import { cautious } from '../engine/cautious.ts';
import { steadily } from '../engine/steadily.ts';
import type { NoticeRow, Store } from '../store/contract.ts';
import { dayToSummarise, dueNotices } from './notices.ts';
import type { OfficeBook } from './office-book.ts';

const EVERY_FIFTEEN_SECONDS = '*/15 * * * * *';
const EVERY_HOUR = '43 * * * *';
const DAY_MS = 86_400_000;
/** The most urgent ones; a longer queue is told of by its first part. */
const MOST_CASES = 500;
const MOST_KNOWN = 20_000;
/** Conversations have ids of their own: pages read their notices again with any news. */
const EVERYBODY = 'office';

export interface RoundsOptions {
  store: Pick<Store, 'casesForDesk' | 'addNotice' | 'caseFigures' | 'deleteExpired' | 'audit'>;
  office: Pick<OfficeBook, 'current' | 'snapshot'>;
  /** A page that shows this conversation, or notices, should read again. */
  tell: (conversationId: string) => void;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  now: () => number;
}

/** What the office does by itself. Every process makes the rounds; the store says who was first. */
export interface Rounds {
  /** Keeps the notices that are due. */
  look(): Promise<void>;
  /** Deletes what was kept long enough. */
  tidy(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createRounds(options: RoundsOptions): Rounds {
  const { store, office, tell, log, now } = options;
  /** Keys that are there already, so that a long queue is not offered again at each look. */
  const known = new Set<string>();
  const tasks: ReturnType<typeof steadily>[] = [];
  const long = cautious(now);

  async function keep(notice: NoticeRow): Promise<boolean> {
    if (known.has(notice.key)) return false;
    if (known.size > MOST_KNOWN) known.clear();
    const fresh = await store.addNotice(notice);
    known.add(notice.key);
    return fresh;
  }

  async function summarise(): Promise<void> {
    const day = dayToSummarise(office.snapshot().calendar, now());
    if (day === null || known.has(day.key)) return;
    const figures = await store.caseFigures(day.from, day.to);
    const { sent, unbound, rejected, cancelled, open } = figures;
    // Of a day on which nothing was to do nobody is told.
    const quiet = sent + unbound + rejected + cancelled + open === 0;
    const notice = { key: day.key, kind: 'summary' as const, at: day.to, caseId: null };
    if (quiet) known.add(day.key);
    if (quiet || !(await keep({ ...notice, data: { ...figures } }))) return;
    log.info({ ...figures, from: day.from, to: day.to }, 'the day of the office');
    tell(EVERYBODY);
  }

  async function look(): Promise<void> {
    const { book } = office.current();
    const { calendar } = office.snapshot();
    const every = await store.casesForDesk({ open: true, limit: MOST_CASES });
    // Nobody here can decide the others.
    const open = every.filter(({ draft }) => backendOf(draft) === 'desk');
    for (const notice of dueNotices(book, calendar, open, now())) {
      if (!(await keep(notice))) continue;
      const row = open.find(({ caseId }) => caseId === notice.caseId);
      if (notice.kind === 'escalation') log.warn(`${row?.number} is past its target`);
      if (notice.kind === 'holidays') {
        const { year, missing, unofficial } = notice.data;
        log.warn(
          `The office book lacks ${missing} holidays of ${year}, and ${unofficial} wait for the ` +
            'official plan: see “Office” at the desk.',
        );
      }
      tell(row?.conversationId ?? EVERYBODY);
    }
    await summarise();
  }

  async function tidy(): Promise<void> {
    const { photos, sadpStrings } = office.current().book.retentionDays;
    const at = long();
    const deleted = await store.deleteExpired({
      photos: at - photos * DAY_MS,
      sadpStrings: at - sadpStrings * DAY_MS,
    });
    for (const went of deleted) {
      await store.audit({
        at: now(),
        actor: 'retention',
        action: 'conversation.expire',
        subject: went.conversationId,
        detail: `${went.photos}/${went.sadpStrings}/${went.lines}`,
      });
    }
  }

  const underWay = new Set<Promise<void>>();
  const guarded = (what: string, work: () => Promise<void>) => () => {
    const done = work()
      .catch((error: unknown) => log.error({ err: error }, `${what} failed`))
      .finally(() => underWay.delete(done));
    underWay.add(done);
    return done;
  };

  return {
    look,
    tidy,
    start: () => {
      tasks.push(
        steadily(EVERY_FIFTEEN_SECONDS, guarded('the round of the office', look)),
        steadily(EVERY_HOUR, guarded('deleting what was kept long enough', tidy)),
      );
    },
    stop: async () => {
      for (const task of tasks) await task.stop();
      await Promise.all(underWay);
    },
  };
}
