import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Duty } from '../../engine/duty.ts';
import type { CaseRow, Store } from '../../store/contract.ts';
import { BackendDownError } from './client.ts';
import type { HttpBackend } from './http-backend.ts';
import type { TakeState } from './take-state.ts';

const EVERY_MS = 30_000;
const MOST_OPEN = 1_000;
const MOST_ENDED = 200;
/** Asked about in one round; the others come in the next ones. */
const A_ROUND = 100;

export interface ReconcileOptions {
  store: Pick<Store, 'casesForDesk' | 'takeLease' | 'giveBackLease'>;
  backend: Pick<HttpBackend, 'state' | 'cancel'>;
  take: TakeState;
  log: Pick<Logger, 'error'>;
}

/**
 * Finds what a lost webhook would have told: asks the other server about its open cases, those first
 * that were asked about longest ago. And it withdraws there what was cancelled here.
 */
export interface Reconciler {
  round(): Promise<void>;
  /** One of the processes over a store makes the rounds. */
  start(): void;
  stop(): Promise<void>;
}

export function createReconciler(options: ReconcileOptions): Reconciler {
  const { store, backend, take, log } = options;
  const duty = new Duty(store, 'case-backend');
  /** When each open case was asked about last, by a count of the asking. */
  const asked = new Map<string, number>();
  const withdrawn = new Set<string>();
  let count = 0;

  const isTheirs = ({ draft }: CaseRow) => draft.backend === 'http';

  async function askAbout(row: CaseRow): Promise<void> {
    asked.set(row.caseId, ++count);
    const state = await backend.state(row.caseId);
    // One that it does not know is still in the outbox here, or among the dead letters.
    if (state?.caseId === row.caseId) await take(state);
  }

  async function round(): Promise<void> {
    const open = (await store.casesForDesk({ open: true, limit: MOST_OPEN })).filter(isTheirs);
    const ids = new Set(open.map(({ caseId }) => caseId));
    for (const caseId of asked.keys()) if (!ids.has(caseId)) asked.delete(caseId);
    const since = ({ caseId }: CaseRow) => asked.get(caseId) ?? 0;
    const next = open.toSorted((one, other) => since(one) - since(other)).slice(0, A_ROUND);
    for (const row of next) await askAbout(row);

    const ended = await store.casesForDesk({ open: false, limit: MOST_ENDED });
    for (const { caseId, status } of ended.filter(isTheirs)) {
      if (status !== 'cancelled' || withdrawn.has(caseId)) continue;
      await backend.cancel(caseId);
      withdrawn.add(caseId);
    }
  }

  async function rounds(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await round().catch((error: unknown) => {
        // That it is down, whoever guards it has said.
        if (!(error instanceof BackendDownError)) {
          log.error({ err: error }, 'asking the case server failed');
        }
      });
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  return { round, start: () => duty.start(rounds), stop: () => duty.stop() };
}
