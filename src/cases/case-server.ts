import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import type { CaseBackendConfig } from '../config.ts';
import type { Event } from '../dialogue/event.ts';
import type { Store } from '../store/contract.ts';
import type { ApplicationBackend, CaseBackend } from './contract.ts';
import { deskApplications, deskBackend } from './desk-backend.ts';
import { HandedApplications } from './http/handed-applications.ts';
import { createHttpBackend } from './http/http-backend.ts';
import { createReconciler } from './http/reconcile.ts';
import { createTakeState } from './http/take-state.ts';
import { createTakeVerification } from './http/take-verification.ts';
import { webhookRoute } from './http/webhook-route.ts';
import type { Verifier } from './verify.ts';

/** Whoever decides new cases and companies' applications, and by which ways it is heard of them. */
export interface CaseServer {
  backend: CaseBackend;
  applications: ApplicationBackend;
  routes: FastifyPluginAsync;
  start(): void;
  stop(): Promise<void>;
}

const DESK: CaseServer = {
  backend: deskBackend,
  applications: deskApplications,
  routes: async () => {},
  start: () => {},
  stop: async () => {},
};

/** The server that is configured, or else the desk, which needs nothing. */
export function connectCaseServer(
  config: CaseBackendConfig | null,
  rooms: {
    store: Store;
    accept: (event: Event) => Promise<unknown>;
    verify: Verifier;
    log: Logger;
    now: () => number;
  },
): CaseServer {
  if (config === null) return DESK;
  const { secret, verifies } = config;
  const handed = new HandedApplications(rooms.store);
  const backend = createHttpBackend({ ...rooms, ...config, handed });
  const take = createTakeState(rooms);
  const takeVerification = createTakeVerification(rooms);
  const hears = { take, takeVerification };
  const { start, stop } = createReconciler({ ...rooms, ...hears, backend, handed });
  return {
    backend,
    applications: verifies ? backend : deskApplications,
    routes: webhookRoute({ secret, ...hears }),
    start,
    stop,
  };
}
