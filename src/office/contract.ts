import type { Book } from './book.ts';

type Holiday = Book['holidays'][number];

/** The book as the desk edits it. */
export interface OfficeState {
  book: Book;
  /** Sent back with a change, which is refused when there is another one by then. */
  version: string;
  /** What is wrong with an edit by hand that is not in force, or null. */
  complaint: string | null;
  /** From today to the end of next year: holidays that the book lacks, and those not official yet. */
  gaps: { missing: Holiday[]; unofficial: Holiday[] };
}

/** A promise that a book would make at another time than it was made. Epoch ms. */
export interface MovedPromise {
  caseId: string;
  number: string;
  from: number;
  to: number;
}

/** Why a book is not taken: places such as `holidays[3].date`, or new terms under an old version. */
export type Refusal = { as: 'wrong'; places: readonly string[] } | { as: 'sameTerms' };

/** What the desk does with the office book. */
export interface OfficeDesk {
  state(): OfficeState;
  /** How many promises that still run a book would move; nothing is changed and nobody is told. */
  preview(book: unknown): Promise<{ as: 'fine'; open: number; moved: MovedPromise[] } | Refusal>;
  /**
   * @param tell whether those promises are moved, and the installers told; otherwise they stay
   */
  save(input: {
    book: unknown;
    seen: string;
    tell: boolean;
  }): Promise<{ as: 'saved'; moved: number } | { as: 'changedMeanwhile' } | Refusal>;
}
