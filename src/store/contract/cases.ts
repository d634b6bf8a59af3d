import type { CaseDraft } from '../../dialogue/effect.ts';
import type { Event, Language } from '../../dialogue/event.ts';
import type { CaseStatus, RefusalReason } from '../../domain/case.ts';
import type { PromiseMade } from '../../domain/promise.ts';

export interface CaseRow {
  caseId: string;
  number: string;
  conversationId: string;
  accountId: string;
  language: Language;
  channel: Event['channel'];
  chatId: string;
  formId: string;
  serial: string;
  status: CaseStatus;
  reason: RefusalReason | null;
  note: string | null;
  decidedBy: string | null;
  revision: number;
  submittedAt: number;
  updatedAt: number;
  answerBy: number;
  draft: CaseDraft;
}

/** A case that has something in common with another one. */
export interface SimilarCase {
  row: CaseRow;
  sameSerial: boolean;
  /** Its pictures that are likely a picture of the other case, and in how many of 64 bits they differ. */
  pictures: { blobId: string; theirs: string; bits: number }[];
}

/** A status that a case had, from when on. */
export interface CaseStep {
  status: CaseStatus;
  at: number;
}

/** A case as figures count it. */
export interface CountedCase {
  caseId: string;
  number: string;
  channel: Event['channel'];
  language: Language;
  submittedAt: number;
  /** What agents aimed at: in working hours the promise itself, else soon after the opening. */
  target: number;
  answerBy: number;
  /** In order, its opening included. */
  steps: CaseStep[];
  reason: RefusalReason | null;
  decidedBy: string | null;
  /** Whether an agent wrote in the conversation between the case's opening and its end. */
  human: boolean;
  /** 1 to 3, by the installer; null when they gave none. */
  rating: number | null;
}

/** What became of cases in a stretch of time. */
export interface CaseFigures {
  sent: number;
  unbound: number;
  rejected: number;
  cancelled: number;
  /** Of those decided: by when it was promised, or later. */
  kept: number;
  late: number;
  /** Open at the end of it, whenever they were sent, and of those past their promise. */
  open: number;
  overdue: number;
}

/** Cases, what became of them, and what is counted of them. */
export interface CaseStore {
  /**
   * Opens a case, once by `draft.caseId`: asked again it answers as it did before. The partial
   * unique index on the serial of open cases is the only arbiter between two conversations.
   */
  openCase(input: {
    conversationId: string;
    draft: CaseDraft;
  }): Promise<{ outcome: 'opened'; number: string } | { outcome: 'duplicate'; own: boolean }>;
  caseById(caseId: string): Promise<CaseRow | null>;
  /** All cases of a conversation, newest first. */
  casesOf(conversationId: string): Promise<CaseRow[]>;
  /** What became of the case, oldest first, its opening included. */
  caseSteps(caseId: string): Promise<CaseStep[]>;
  casesForDesk(filter: { open: boolean; limit: number }): Promise<CaseRow[]>;
  /**
   * Writes a new promise to an open case that was taken only at `takenAt`. It is no step of the case,
   * and no revision: whoever decides it counts those.
   */
  renewPromise(caseId: string, promise: PromiseMade, takenAt: number): Promise<void>;
  /**
   * Other cases of this case's serial, or with a photo that looks like one of its photos, whoever
   * sent them; newest first. Pictures without structure (dark, empty) are not compared.
   */
  casesLike(caseId: string, limit: number): Promise<SimilarCase[]>;
  /** Cases that were sent in [from, to), oldest first. */
  countedCases(from: number, to: number): Promise<CountedCase[]>;
  /** How an installer found a case's handling, 1 to 3; once by case. */
  rate(caseId: string, score: number, at: number): Promise<void>;
  /**
   * Cases sent from `from` (inclusive) to `to` (exclusive), oldest first.
   * @param after the last one of the page before, or null
   */
  casesSent(
    range: { from: number; to: number },
    after: Pick<CaseRow, 'submittedAt' | 'caseId'> | null,
    limit: number,
  ): Promise<CaseRow[]>;
  /** @param from inclusive @param to exclusive, and the moment that `open` is of */
  caseFigures(from: number, to: number): Promise<CaseFigures>;
}
