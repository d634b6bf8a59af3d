import { type Book, WEEKDAYS } from '../../desk/wire/office.ts';
import { hoursText, parseHours } from './hours-text.ts';

type Weekday = (typeof WEEKDAYS)[number];

/** The book while it is edited: hours as they are typed. */
export interface Draft extends Omit<Book, 'hours' | 'swaps'> {
  hours: Record<Weekday, string>;
  swaps: (Omit<Book['swaps'][number], 'hours'> & { hours: string })[];
}

/** A part of the form: the draft, and what changes it. */
export interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

export function draftOf(book: Book): Draft {
  const hours = Object.fromEntries(WEEKDAYS.map((day) => [day, hoursText(book.hours[day])]));
  return {
    ...book,
    hours: hours as Draft['hours'],
    swaps: book.swaps.map((swap) => ({ ...swap, hours: hoursText(swap.hours) })),
  };
}

/** Null while some hours cannot be made out. */
export function bookOf(draft: Draft): Book | null {
  const hours: Partial<Book['hours']> = {};
  for (const day of WEEKDAYS) {
    const parsed = parseHours(draft.hours[day]);
    if (parsed === null) return null;
    hours[day] = parsed;
  }
  const swaps: Book['swaps'] = [];
  for (const swap of draft.swaps) {
    const parsed = parseHours(swap.hours);
    if (parsed === null) return null;
    swaps.push({ ...swap, hours: parsed });
  }
  return { ...draft, hours: hours as Book['hours'], swaps };
}

/** By date; a date that is not filled in yet stands last. */
export function byDate<T extends { date: string }>(days: readonly T[]): T[] {
  return days.toSorted((a, b) => (a.date || '9999').localeCompare(b.date || '9999'));
}
