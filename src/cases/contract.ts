import type { CaseRow, VerificationRow } from '../store/contract.ts';

/** What became of handing a case over, or a company's application. */
export type Handed =
  | { as: 'taken' }
  /** It does not answer now, or not as agreed: to be tried again at `at`. */
  | { as: 'waits'; at: number; why: string }
  /** It will not take this, however often it is asked. */
  | { as: 'refused'; why: string };

/**
 * Where cases are decided. Exactly one backend is authoritative per case: the one that was in force
 * when the case was opened. `desk` decides here, at /desk; `http` is somebody's server.
 */
export interface CaseBackend {
  readonly name: 'desk' | 'http';
  /**
   * Hands over an opened case, or what was added to it. Repeated with the same key it must change
   * nothing.
   *
   * @param attempts how often this was tried before
   */
  submit(row: CaseRow, key: string, attempts: number): Promise<Handed>;
  /** Takes back a case that it has; nothing happens to one that ended there or is unknown. */
  cancel(caseId: string): Promise<void>;
}

/** Where companies' applications are decided; of each, the one that was in force when it came. */
export interface ApplicationBackend {
  readonly name: 'desk' | 'http';
  /** Hands over an application. Repeated it must change nothing. */
  apply(row: VerificationRow, attempts: number): Promise<Handed>;
}
