import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Duty } from '../../engine/duty.ts';
import type { CaseRow, Store } from '../../store/contract.ts';
import { ByTurns } from './by-turns.ts';
import { BackendDownError } from './client.ts';
import type { HandedApplications } from './handed-applications.ts';
import type { HttpBackend } from './http-backend.ts';
import type { TakeState } from './take-state.ts';
import type { TakeVerification } from './take-verification.ts';

const EVERY_MS = 30_000;
const MOST_OPEN = 1_000;
const MOST_ENDED = 200;
/** Asked about in one round; the others come in the next ones. */
const A_ROUND = 100;

export interface ReconcileOptions {
  store: Pick<Store, 'casesForDesk' | 'verification' | 'takeLease' | 'giveBackLease'>;
  backend: Pick<HttpBackend, 'state' | 'cancel' | 'verification' | 'withdraw'>;
  handed: HandedApplications;
  take: TakeState;
  takeVerification: TakeVerification;
  log: Pick<Logger, 'error'>;
}

/**
 * Finds what a lost webhook would have told: asks the other server about its open cases and waiting
 * applications, those first that were asked about longest ago. And it withdraws there what was
 * cancelled here, or is gone.
 */
export interface Reconciler {
  round(): Promise<void>;
  /** One of the processes over a store makes the rounds. */
  start(): void;
  stop(): Promise<void>;
}

export function createReconciler(options: ReconcileOptions): Reconciler {
  const { store, backend, handed, take, takeVerification, log } = options;
  const duty = new Duty(store, 'case-backend');
  const cases = new ByTurns();
  const applications = new ByTurns();
  const withdrawn = new Set<string>();

  const isTheirs = ({ draft }: CaseRow) => draft.backend === 'http';

  async function askAbout(row: CaseRow): Promise<void> {
    cases.took(row.caseId);
    const state = await backend.state(row.caseId);
    // One that it does not know is still in the outbox here, or among the dead letters.
    if (state?.caseId === row.caseId) await take(state);
  }

  async function askAboutApplication(id: string): Promise<void> {
    applications.took(id);
    const row = await store.verification(id);
    if (row === null) await backend.withdraw(id);
    else if (row.status === 'waiting') {
      const state = await backend.verification(id);
      if (state?.applicationId === id) await takeVerification(state);
      return;
    }
    await handed.remove(id);
  }

  async function round(): Promise<void> {
    const open = (await store.casesForDesk({ open: true, limit: MOST_OPEN })).filter(isTheirs);
    const next = cases.next(open, ({ caseId }) => caseId, A_ROUND);
    for (const row of next) await askAbout(row);

    const ended = await store.casesForDesk({ open: false, limit: MOST_ENDED });
    for (const { caseId, status } of ended.filter(isTheirs)) {
      if (status !== 'cancelled' || withdrawn.has(caseId)) continue;
      await backend.cancel(caseId);
      withdrawn.add(caseId);
    }
    const waiting = applications.next(await handed.all(), (id) => id, A_ROUND);
    for (const id of waiting) await askAboutApplication(id);
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
