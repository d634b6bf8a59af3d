import type { CaseRow } from '../store/contract.ts';

/**
 * Where cases are decided. Exactly one backend is authoritative per case. `desk` decides here, at
 * /desk; a later one speaks HTTP with somebody's server.
 */
export interface CaseBackend {
  readonly name: 'desk' | 'http';
  /** Whether agents at our desk may approve and refuse. */
  readonly decidesHere: boolean;
  /** Hands over an opened case. Repeated with the same case it must change nothing. */
  submit(row: CaseRow): Promise<void>;
}
