import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import type { CaseBackendConfig } from '../config.ts';
import type { Event } from '../dialogue/event.ts';
import type { Store } from '../store/contract.ts';
import type { CaseBackend } from './contract.ts';
import { deskBackend } from './desk-backend.ts';
import { createHttpBackend } from './http/http-backend.ts';
import { createReconciler } from './http/reconcile.ts';
import { createTakeState } from './http/take-state.ts';
import { webhookRoute } from './http/webhook-route.ts';

/** Whoever decides new cases, and by which ways it is heard of them. */
export interface CaseServer {
  backend: CaseBackend;
  routes: FastifyPluginAsync;
  start(): void;
  stop(): Promise<void>;
}

/** The server that is configured, or else the desk, which needs nothing. */
export function connectCaseServer(
  config: CaseBackendConfig | null,
  rooms: {
    store: Store;
    accept: (event: Event) => Promise<unknown>;
    log: Logger;
    now: () => number;
  },
): CaseServer {
  if (config === null) {
    return { backend: deskBackend, routes: async () => {}, start: () => {}, stop: async () => {} };
  }
  const backend = createHttpBackend({ ...rooms, ...config });
  const take = createTakeState(rooms);
  const { start, stop } = createReconciler({ ...rooms, backend, take });
  return { backend, routes: webhookRoute({ secret: config.secret, take }), start, stop };
}
