import { backendOf } from '../dialogue/effect.ts';
import type { Event } from '../dialogue/event.ts';
import { dayOf } from '../domain/calendar.ts';
import { promise } from '../domain/promise.ts';
import type { CaseRow, Store } from '../store/contract.ts';
import type { Book } from './book.ts';
import type { MovedPromise, OfficeDesk, OfficeState, Refusal } from './contract.ts';
import { holidayGaps } from './holidays.ts';
import { type OfficeBook, snapshotOf } from './office-book.ts';
import { checkBook, OfficeBookError } from './parse.ts';

const MOST_CASES = 5_000;

export interface OfficeDeskOptions {
  office: Pick<OfficeBook, 'current' | 'save'>;
  store: Pick<Store, 'casesForDesk'>;
  accept: (event: Event) => Promise<unknown>;
  now: () => number;
}

function gapsOf(book: Book, now: number): OfficeState['gaps'] {
  const today = dayOf(now).date;
  const year = Number(today.slice(0, 4));
  const both = [year, year + 1].map((one) => holidayGaps(book, one));
  const toCome = ({ date }: { date: string }) => date >= today;
  return {
    missing: both.flatMap(({ missing }) => missing).filter(toCome),
    unofficial: both.flatMap(({ unofficial }) => unofficial).filter(toCome),
  };
}

/** New terms need a version of their own; those before stay for the cases that agreed to them. */
function withEarlierTerms(book: Book, before: Book): Book | Refusal {
  const { version, text } = before.terms;
  const same = text.vi === book.terms.text.vi && text.en === book.terms.text.en;
  if (same && version === book.terms.version) return book;
  const used = [before.terms, ...book.earlierTerms].map((one) => one.version);
  if (used.includes(book.terms.version)) return { as: 'sameTerms' };
  return { ...book, earlierTerms: [before.terms, ...book.earlierTerms] };
}

/**
 * Whether somebody waits for what was promised. What is late already stays late, and what another
 * office decides stays as it is: a change of ours would count as one of its own.
 */
function runs({ status, answerBy, draft }: CaseRow, now: number): boolean {
  if (backendOf(draft) !== 'desk') return false;
  return (status === 'submitted' || status === 'inReview') && answerBy > now;
}

/** The office book at the desk: looked at, tried, saved. */
export function createOfficeDesk({ office, store, accept, now }: OfficeDeskOptions): OfficeDesk {
  function check(book: unknown): { as: 'fine'; book: Book } | Refusal {
    try {
      const checked = withEarlierTerms(checkBook(book), office.current().book);
      return 'as' in checked ? checked : { as: 'fine', book: checked };
    } catch (error) {
      if (error instanceof OfficeBookError) return { as: 'wrong', places: error.places };
      throw error;
    }
  }

  async function movedBy(book: Book): Promise<{ rows: CaseRow[]; moved: MovedPromise[] }> {
    const { calendar } = snapshotOf(book);
    const open = await store.casesForDesk({ open: true, limit: MOST_CASES });
    const rows = open.filter((row) => runs(row, now()));
    const moved = rows.flatMap(({ caseId, number, draft, answerBy }) => {
      const from = draft.takenAt ?? draft.submittedAt;
      const { answerBy: to } = promise(calendar, from, book.slaMinutes);
      return to === answerBy ? [] : [{ caseId, number, from: answerBy, to }];
    });
    return { rows, moved };
  }

  async function tellOf(row: CaseRow, { to }: MovedPromise): Promise<void> {
    await accept({
      eventId: `promise:${row.caseId}:${row.revision}:${to}`,
      at: now(),
      channel: row.channel,
      chatId: row.chatId,
      type: 'promiseMoved',
      caseId: row.caseId,
    });
  }

  return {
    state: () => {
      const { book, version, complaint } = office.current();
      return { book, version, complaint, gaps: gapsOf(book, now()) };
    },
    async preview(book) {
      const checked = check(book);
      if (checked.as !== 'fine') return checked;
      const { rows, moved } = await movedBy(checked.book);
      return { as: 'fine', open: rows.length, moved };
    },
    async save({ book, seen, tell }) {
      const checked = check(book);
      if (checked.as !== 'fine') return checked;
      if (!(await office.save(checked.book, seen))) return { as: 'changedMeanwhile' };
      if (!tell) return { as: 'saved', moved: 0 };
      const { rows, moved } = await movedBy(checked.book);
      for (const one of moved) {
        const row = rows.find(({ caseId }) => caseId === one.caseId);
        if (row) await tellOf(row, one);
      }
      return { as: 'saved', moved: moved.length };
    },
  };
}
