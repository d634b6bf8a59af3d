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
import type { CaseRow, Store } from '../../store/contract.ts';
import type { CaseBackend, Handed } from '../contract.ts';
import { BackendDownError, BackendRefusedError, createBackendClient } from './client.ts';
import type { CaseState } from './schemas.ts';
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
  log: Pick<Logger, 'warn' | 'error' | 'info'>;
  now: () => number;
  /** Milliseconds that a server which failed is left alone; shorter in tests. */
  leftAloneMs?: number;
}

/** Cases are decided by somebody's server. */
export interface HttpBackend extends CaseBackend {
  readonly name: 'http';
  /** What the server says of a case, null when it does not know it. @throws BackendDownError */
  state(caseId: string): Promise<CaseState | null>;
  /** Withdraws a case; nothing happens to one that ended or is unknown. @throws BackendDownError */
  cancel(caseId: string): Promise<void>;
}

/** Guards the client: a server that is down is not stormed, and one that is slow is not flooded. */
export function createHttpBackend(options: HttpBackendOptions): HttpBackend {
  const { store, log, now, leftAloneMs = LEFT_ALONE_MS } = options;
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

  async function send(row: CaseRow, key: string): Promise<void> {
    const submission = await submissionOf(row, store);
    const photos = row.draft.photos.map(({ blobId }, index) => ({
      part: `photo-${index + 1}`,
      open: () => store.getBlob(blobId),
    }));
    await ask(() => client.submit(key, submission, photos));
  }

  return {
    name: 'http',
    async submit(row, key, attempts): Promise<Handed> {
      try {
        await send(row, key);
        return { as: 'taken' };
      } catch (error) {
        if (error instanceof BackendRefusedError) {
          log.error(`case ${row.number}: ${error.message}; it waits among the dead letters`);
          return { as: 'refused', why: error.message };
        }
        if (!(error instanceof BackendDownError)) throw error;
        const longest = now() + LONGEST_WAIT_MS;
        const at = Math.min(longest, Math.max(error.retryAt ?? 0, nextTry(now(), attempts)));
        return { as: 'waits', at, why: error.message };
      }
    },
    state: (caseId) => ask(() => client.state(caseId)),
    async cancel(caseId) {
      try {
        await ask(() => client.cancel(caseId));
      } catch (error) {
        // It says that there is nothing to withdraw any more.
        if (!(error instanceof BackendRefusedError)) throw error;
      }
    },
  };
}
