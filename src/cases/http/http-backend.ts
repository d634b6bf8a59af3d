import {
  BrokenCircuitError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  handleType,
  wrap,
} from 'cockatiel';
import type { Logger } from 'pino';
import { nextTry } from '../../engine/retry.ts';
import type { CaseRow, Store, VerificationRow } from '../../store/contract.ts';
import type { ApplicationBackend, CaseBackend, Handed } from '../contract.ts';
import { applicationOf, licencePart } from './application.ts';
import { BackendDownError, BackendRefusedError, createBackendClient } from './client.ts';
import type { HandedApplications } from './handed-applications.ts';
import type { LateFile } from './multipart.ts';
import type { CaseState, VerificationState } from './schemas.ts';
import { submissionOf } from './submission.ts';

/** So many failures one after the other, and the server is left alone for a while. */
const FAILURES = 5;
const LEFT_ALONE_MS = 15_000;
/** No case waits longer than this for a server that answers again. */
const LONGEST_WAIT_MS = 60_000;
const AT_A_TIME = 8;

export interface HttpBackendOptions {
  url: string;
  secret: string;
  store: Pick<Store, 'revealSecret' | 'getBlob'>;
  /** Where it is remembered which applications the server has. */
  handed: HandedApplications;
  log: Pick<Logger, 'warn' | 'error' | 'info'>;
  now: () => number;
  /** Milliseconds that a server which failed is left alone; shorter in tests. */
  leftAloneMs?: number;
}

/** Cases are decided by somebody's server, and companies' applications where it is asked to. */
export interface HttpBackend extends CaseBackend, ApplicationBackend {
  readonly name: 'http';
  /** What the server says of a case, null when it does not know it. @throws BackendDownError */
  state(caseId: string): Promise<CaseState | null>;
  /** Withdraws a case; nothing happens to one that ended or is unknown. @throws BackendDownError */
  cancel(caseId: string): Promise<void>;
  /** Of an application the same two. @throws BackendDownError */
  verification(applicationId: string): Promise<VerificationState | null>;
  withdraw(applicationId: string): Promise<void>;
}

/** Guards the client: a server that is down is not stormed, and one that is slow is not flooded. */
export function createHttpBackend(options: HttpBackendOptions): HttpBackend {
  const { store, handed, log, now, leftAloneMs = LEFT_ALONE_MS } = options;
  const client = createBackendClient(options);
  const breaker = circuitBreaker(handleType(BackendDownError), {
    halfOpenAfter: leftAloneMs,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  breaker.onBreak(() => log.warn('the case server does not answer; cases wait here'));
  breaker.onReset(() => log.info('the case server answers again'));
  const guard = wrap(bulkhead(AT_A_TIME, Number.POSITIVE_INFINITY), breaker);

  async function ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await guard.execute(work);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new BackendDownError('the case server is left alone for a while', now() + leftAloneMs);
    }
  }

  const fileOf = (part: string, blobId: string): LateFile => ({
    part,
    open: () => store.getBlob(blobId),
  });

  async function submit(row: CaseRow, key: string): Promise<void> {
    const submission = await submissionOf(row, store);
    const photos = row.draft.photos.map(({ blobId }, n) => fileOf(`photo-${n + 1}`, blobId));
    await ask(() => client.submit(key, submission, photos));
  }

  async function apply(row: VerificationRow): Promise<void> {
    const { blobIds } = row.application;
    const licence = blobIds.map((blobId, index) => fileOf(licencePart(index), blobId));
    await ask(() => client.apply(applicationOf(row), licence));
    await handed.add(row.application.applicationId);
  }

  /** @param what as operators know it */
  async function hand(what: string, attempts: number, work: Promise<void>): Promise<Handed> {
    try {
      await work;
      return { as: 'taken' };
    } catch (error) {
      if (error instanceof BackendRefusedError) {
        log.error(`${what}: ${error.message}; it waits among the dead letters`);
        return { as: 'refused', why: error.message };
      }
      if (!(error instanceof BackendDownError)) throw error;
      const longest = now() + LONGEST_WAIT_MS;
      const at = Math.min(longest, Math.max(error.retryAt ?? 0, nextTry(now(), attempts)));
      return { as: 'waits', at, why: error.message };
    }
  }

  async function unlessEnded(work: () => Promise<unknown>): Promise<void> {
    try {
      await ask(work);
    } catch (error) {
      // It says that there is nothing to withdraw any more.
      if (!(error instanceof BackendRefusedError)) throw error;
    }
  }

  return {
    name: 'http',
    submit: (row, key, attempts) => hand(`case ${row.number}`, attempts, submit(row, key)),
    state: (caseId) => ask(() => client.state(caseId)),
    cancel: (caseId) => unlessEnded(() => client.cancel(caseId)),
    apply: (row, attempts) => hand("a company's verification", attempts, apply(row)),
    verification: (applicationId) => ask(() => client.verification(applicationId)),
    withdraw: (applicationId) => unlessEnded(() => client.withdraw(applicationId)),
  };
}
