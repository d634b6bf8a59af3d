import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import { createApply } from '../../src/cases/apply.ts';
import { HandedApplications } from '../../src/cases/http/handed-applications.ts';
import { createHttpBackend, type HttpBackend } from '../../src/cases/http/http-backend.ts';
import { createReconciler, type Reconciler } from '../../src/cases/http/reconcile.ts';
import { createTakeState } from '../../src/cases/http/take-state.ts';
import { createTakeVerification } from '../../src/cases/http/take-verification.ts';
import { webhookRoute } from '../../src/cases/http/webhook-route.ts';
import { createSubmit } from '../../src/cases/submit.ts';
import { createVerifier } from '../../src/cases/verify.ts';
import type { Application, CaseDraft, Effect } from '../../src/dialogue/effect.ts';
import type { Event } from '../../src/dialogue/event.ts';
import { promise } from '../../src/domain/promise.ts';
import { Intake } from '../../src/engine/intake.ts';
import type { Performers } from '../../src/engine/perform.ts';
import { Worker } from '../../src/engine/worker.ts';
import { createServer } from '../../src/server/server.ts';
import type { Decide, Store } from '../../src/store/contract.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { calendar, settings } from '../conversations/world.ts';
import { decided, decideForReal, draft, NOW, text } from '../store/turns.ts';
import { ReferenceServer, SECRET } from './reference-server.ts';

const office = { snapshot: () => ({ calendar, settings }) };

/** The way of a case to somebody's server and back, over a real store; what people hear is kept. */
export class CasesHouse {
  readonly server: ReferenceServer;
  readonly told: { chatId: string; text: string }[] = [];
  readonly logged: string[] = [];
  store!: Store;
  intake!: Intake;
  worker!: Worker;
  backend!: HttpBackend;
  reconciler!: Reconciler;
  app!: FastifyInstance;
  /** What the clock says beyond the real one. */
  later = 0;
  /** Where cases go; the reference server unless another one is tried. */
  #backendUrl: string;
  #port = 0;
  readonly #begun = Date.now();
  readonly #folder: string;
  /** Effects of the next turns, instead of what the dialogue decides. */
  readonly #wanted = new Map<string, Effect[]>();

  private constructor(server: ReferenceServer, folder: string) {
    this.server = server;
    this.#backendUrl = server.url;
    this.#folder = folder;
  }

  static async build(): Promise<CasesHouse> {
    const folder = await mkdtemp(join(tmpdir(), 'cases-'));
    const house = new CasesHouse(await ReferenceServer.start(), folder);
    await house.open();
    onTestFinished(async () => {
      await house.close();
      await house.server.stop();
      await rm(folder, { recursive: true });
    });
    return house;
  }

  /** A working Monday at ten, as long ago as this house stands. */
  now = () => NOW + (Date.now() - this.#begun) + this.later;

  async open(): Promise<void> {
    const { now } = this;
    const log = pino({ level: 'debug' }, { write: (line: string) => void this.logged.push(line) });
    this.store = await openSqliteStore({
      path: join(this.#folder, 'unbinding.db'),
      key: Buffer.alloc(32, 1),
      now,
    });
    const { store } = this;
    await store.begin();
    const handed = new HandedApplications(store);
    this.backend = createHttpBackend({
      url: this.#backendUrl,
      secret: SECRET,
      store,
      handed,
      log,
      now,
      leftAloneMs: 20,
    });
    const decide: Decide = (event, loaded) => {
      const effects = this.#wanted.get(event.eventId);
      return effects ? decided(loaded, { effects }) : decideForReal(event, loaded);
    };
    this.intake = new Intake({
      store,
      decide,
      refuse: () => decide,
      log,
      onEffects: (effects) => this.worker.take(effects),
      onNews: () => {},
      careful: false,
    });
    const nothing = async ({ effectId }: { effectId: number }) => ({
      settlement: { effectId, as: 'done' as const },
    });
    const performers: Performers = {
      send: async ({ effectId, chatId, shown }) => {
        this.told.push({ chatId, text: shown?.text ?? '' });
        return { settlement: { effectId, as: 'done' } };
      },
      submit: createSubmit({ store, backend: this.backend, office, now }),
      read: nothing,
      fetch: nothing,
      pair: nothing,
      tell: nothing,
      erase: nothing,
      apply: createApply({ store, backend: this.backend, now }),
      rate: nothing,
      share: nothing,
      timeline: nothing,
    };
    this.worker = new Worker({ store, intake: this.intake, performers, log, now });
    const accept = (event: Event) => this.intake.accept(event);
    const take = createTakeState({ store, accept, now });
    const verify = createVerifier({ store, accept, now });
    const takeVerification = createTakeVerification({ store, verify });
    const hears = { take, takeVerification };
    this.reconciler = createReconciler({ store, backend: this.backend, handed, ...hears, log });
    this.app = await createServer({
      config: { publicUrl: null },
      log,
      ready: () => true,
      routes: [webhookRoute({ secret: SECRET, ...hears })],
    });
    const address = await this.app.listen({ host: '127.0.0.1', port: this.#port });
    this.#port = Number(new URL(address).port);
    this.server.webhooks = () => address;
  }

  /** Stops, and starts on the same storage and port with its cases going to another server. */
  async reopenWith(backendUrl: string): Promise<void> {
    await this.close();
    this.#backendUrl = backendUrl;
    await this.open();
  }

  async close(): Promise<void> {
    this.app.server.closeAllConnections();
    await this.app.close();
    await this.worker.stop();
    await this.intake.drain();
    await this.store.close();
  }

  /** A turn that sends a case, as the end of a form makes one. */
  async sends(chatId: string, serial: string, more: Partial<CaseDraft> = {}): Promise<string> {
    const caseId = `${chatId}-${serial}`;
    const at = this.now();
    const made = promise(calendar, at, settings.slaMinutes);
    const sent = draft(caseId, serial, { submittedAt: at, promise: made, ...more });
    await this.turn(chatId, [{ kind: 'submit', draft: sent }]);
    return caseId;
  }

  /** A turn that hands a company's particulars in, as the end of that form makes one. */
  async applies(chatId: string, more: Partial<Application> = {}): Promise<string> {
    const applicationId = `${chatId}-v${this.now()}`;
    const application = {
      applicationId,
      company: 'Công ty TNHH Camera An Bình',
      taxCode: '0100112437',
      phone: '+84912345678',
      blobIds: [],
      submittedAt: this.now(),
      ...more,
    };
    await this.turn(chatId, [{ kind: 'apply', application }]);
    return application.applicationId;
  }

  async isVerified(chatId: string): Promise<boolean> {
    const row = await this.store.conversationByChat('web', chatId);
    return row?.accountVerified ?? false;
  }

  /** The installer takes a case back. */
  async withdraws(chatId: string, caseId: string): Promise<void> {
    const row = await this.store.caseById(caseId);
    const revision = (row?.revision ?? 0) + 1;
    const change = { status: 'cancelled', reason: null, note: null, by: null } as const;
    await this.turn(chatId, [{ kind: 'changeCase', caseId, revision, ...change }]);
  }

  async remembered(chatId: string) {
    const row = await this.store.conversationByChat('web', chatId);
    return row && this.store.remembered(row.conversationId);
  }

  async turn(chatId: string, effects: Effect[]): Promise<void> {
    const event = text(chatId);
    this.#wanted.set(event.eventId, effects);
    await this.intake.accept(event);
  }

  /** Performs what is due until nothing is. */
  async settles(): Promise<void> {
    await this.worker.sweep();
    await vi.waitFor(async () => {
      if (this.worker.length > 0) throw new Error('still under way');
      const due = await this.store.dueEffects(this.now(), 1);
      if (due.length > 0) {
        await this.worker.sweep();
        throw new Error('still due');
      }
    }, 20_000);
  }

  heard(chatId: string): string[] {
    return this.told.filter((one) => one.chatId === chatId).map((one) => one.text);
  }
}
