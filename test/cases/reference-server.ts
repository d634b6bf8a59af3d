import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import multipart from '@fastify/multipart';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import {
  ApplicationSchema,
  type ApplicationSubmission,
  type CaseState,
  CaseStateSchema,
  type Submission,
  SubmissionSchema,
  type VerificationState,
  VerificationStateSchema,
} from '../../src/cases/http/schemas.ts';
import { webhookOf } from '../../src/cases/http/webhook-route.ts';

export const SECRET = 'a secret agreed upon by both';

export interface KeptCase {
  submission: Submission;
  /** Bytes of each picture, by part. */
  photos: Map<string, Buffer>;
  state: CaseState;
  keys: string[];
}

export interface KeptApplication {
  application: ApplicationSubmission;
  licence: Map<string, Buffer>;
  state: VerificationState;
}

type Asked = 'submit' | 'state' | 'cancel' | 'apply' | 'verification' | 'withdraw';

/** How it meets what it is asked. `answerLost`: it does what it was asked, and nobody hears of it. */
export type Mood = 'well' | 'down' | 'busy' | 'answerLost' | 'refusing' | 'nonsense';

/**
 * A server that decides cases, as docs/backend.md asks for one: it lets in who knows the secret, wants
 * an idempotency key, repeats its first answer to a key, and holds each submission against the schema.
 */
export class ReferenceServer {
  readonly cases = new Map<string, KeptCase>();
  readonly applications = new Map<string, KeptApplication>();
  /** Every request that got in, in order: what was asked, and of which case or application. */
  readonly asked: { what: Asked; caseId: string; at: number }[] = [];
  mood: Mood = 'well';
  /** Done while a submission is being taken, before it is answered. */
  meanwhile: () => Promise<void> = async () => {};
  /** Requests that came, also while it was down. */
  knocks = 0;
  /** Where its webhooks go, or nowhere. */
  webhooks: (() => string) | null = null;
  readonly #app: FastifyInstance;
  readonly #answers = new Map<string, CaseState>();
  url = '';

  private constructor() {
    this.#app = fastify();
  }

  static async start(): Promise<ReferenceServer> {
    const server = new ReferenceServer();
    await server.#routes();
    server.url = await server.#app.listen({ host: '127.0.0.1', port: 0 });
    return server;
  }

  async stop(): Promise<void> {
    this.#app.server.closeAllConnections();
    await this.#app.close();
  }

  bySerial(serial: string): KeptCase[] {
    return [...this.cases.values()].filter((one) => one.submission.serial.short === serial);
  }

  /** Changes a case as somebody in that office would, and tells nobody yet. */
  change(caseId: string, change: Partial<CaseState>): CaseState {
    const kept = this.cases.get(caseId);
    if (!kept) throw new Error(`no case ${caseId}`);
    kept.state = CaseStateSchema.parse({ caseId, ...change, revision: kept.state.revision + 1 });
    return kept.state;
  }

  /** Decides on a company, and tells nobody yet. */
  verify(applicationId: string, decision: Partial<VerificationState>): VerificationState {
    const kept = this.applications.get(applicationId);
    if (!kept) throw new Error(`no application ${applicationId}`);
    kept.state = VerificationStateSchema.parse({ ...decision, applicationId });
    return kept.state;
  }

  /** A webhook as it goes over the wire, to be sent, sent again, or tampered with. */
  signed(
    data: CaseState | VerificationState,
    at = new Date(),
    secret = SECRET,
  ): { headers: Record<string, string>; body: string } {
    const type = 'caseId' in data ? 'case.changed' : 'verification.changed';
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
    const id = `msg_${randomUUID()}`;
    return {
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhookOf(secret).sign(id, at, body),
      },
      body,
    };
  }

  /** Delivers once; the status of the answer. */
  async deliver({ headers, body }: ReturnType<ReferenceServer['signed']>): Promise<number> {
    const to = `${this.webhooks?.()}/webhooks/case-backend`;
    const signal = AbortSignal.timeout(10_000);
    return (await fetch(to, { method: 'POST', headers, body, signal })).status;
  }

  async #routes(): Promise<void> {
    const app = this.#app;
    await app.register(multipart, { limits: { fileSize: 15 * 1024 * 1024, files: 20 } });
    app.addHook('onRequest', async (request, reply) => {
      this.knocks += 1;
      if (this.mood === 'down') {
        reply.hijack();
        request.raw.socket.destroy();
      } else if (request.headers.authorization !== `Bearer ${SECRET}`)
        await trouble(reply, 401, 'secret');
      else if (this.mood === 'busy') await trouble(reply.header('retry-after', '7'), 503, 'busy');
      else if (this.mood === 'refusing') await trouble(reply, 422, 'badField');
    });
    app.post('/cases', async (request, reply) => {
      const key = request.headers['idempotency-key'];
      if (typeof key !== 'string' || key === '') return trouble(reply, 400, 'noKey');
      const { json, files: photos } = await partsOf(request, 'case');
      const parsed = SubmissionSchema.strict().safeParse(json);
      if (!parsed.success) return trouble(reply, 422, 'badField');
      const { caseId } = parsed.data;
      this.asked.push({ what: 'submit', caseId, at: Date.now() });
      const answer = this.#answers.get(key) ?? this.#take(key, parsed.data, photos);
      this.#answers.set(key, answer);
      await this.meanwhile();
      return this.#answer(reply, answer);
    });
    app.get<{ Params: { caseId: string } }>('/cases/:caseId', async (request, reply) => {
      const { caseId } = request.params;
      this.asked.push({ what: 'state', caseId, at: Date.now() });
      const kept = this.cases.get(caseId);
      return kept ? this.#answer(reply, kept.state) : trouble(reply, 404, 'noCase');
    });
    app.post<{ Params: { caseId: string } }>('/cases/:caseId/cancel', async (request, reply) => {
      const { caseId } = request.params;
      this.asked.push({ what: 'cancel', caseId, at: Date.now() });
      const kept = this.cases.get(caseId);
      if (!kept) return trouble(reply, 404, 'noCase');
      const ended = ['unbound', 'rejected', 'cancelled'].includes(kept.state.status);
      return this.#answer(reply, ended ? kept.state : this.change(caseId, { status: 'cancelled' }));
    });
    this.#verificationRoutes();
  }

  #verificationRoutes(): void {
    const app = this.#app;
    type Params = { Params: { id: string } };
    const find = (what: Asked, { id }: Params['Params']) => {
      this.asked.push({ what, caseId: id, at: Date.now() });
      return this.applications.get(id);
    };
    app.post('/verifications', async (request, reply) => {
      const { json, files: licence } = await partsOf(request, 'verification');
      const parsed = ApplicationSchema.strict().safeParse(json);
      if (!parsed.success) return trouble(reply, 422, 'badField');
      const { applicationId } = parsed.data;
      if (request.headers['idempotency-key'] !== applicationId) return trouble(reply, 400, 'noKey');
      const known = find('apply', { id: applicationId });
      const state = known?.state ?? { applicationId, status: 'waiting' };
      if (!known) {
        this.applications.set(applicationId, { application: parsed.data, licence, state });
      }
      return this.#answer(reply, state);
    });
    app.get<Params>('/verifications/:id', async ({ params }, reply) => {
      const kept = find('verification', params);
      return kept ? this.#answer(reply, kept.state) : trouble(reply, 404, 'noApplication');
    });
    app.post<Params>('/verifications/:id/cancel', async ({ params }, reply) => {
      const kept = find('withdraw', params);
      if (!kept) return trouble(reply, 404, 'noApplication');
      const waits = kept.state.status === 'waiting';
      return this.#answer(
        reply,
        waits ? this.verify(params.id, { status: 'withdrawn' }) : kept.state,
      );
    });
  }

  /** A case that it has already is added to: it is looked at again. */
  #take(key: string, submission: Submission, photos: Map<string, Buffer>): CaseState {
    const { caseId } = submission;
    const known = this.cases.get(caseId);
    const revision = Math.max(submission.revision, known?.state.revision ?? 0) + 1;
    const ended = known && ['unbound', 'rejected', 'cancelled'].includes(known.state.status);
    const state: CaseState = ended
      ? { ...known.state, revision }
      : { caseId, revision, status: 'submitted' };
    this.cases.set(caseId, { submission, photos, state, keys: [...(known?.keys ?? []), key] });
    return state;
  }

  #answer(reply: FastifyReply, state: CaseState | VerificationState): FastifyReply {
    if (this.mood === 'answerLost') {
      (reply.raw.socket as Writable | null)?.destroy();
      return reply;
    }
    if (this.mood === 'nonsense') return reply.send({ ok: true });
    return reply.send(state);
  }
}

/** The part of JSON by its name, and every file. */
async function partsOf(
  request: FastifyRequest,
  name: string,
): Promise<{ json: unknown; files: Map<string, Buffer> }> {
  const files = new Map<string, Buffer>();
  let json: unknown;
  for await (const part of request.parts()) {
    if (part.type === 'file') files.set(part.fieldname, await part.toBuffer());
    else if (part.fieldname === name) {
      json = typeof part.value === 'string' ? JSON.parse(part.value) : part.value;
    }
  }
  return { json, files };
}

function trouble(reply: FastifyReply, status: number, code: string): FastifyReply {
  return reply.code(status).send({ error: { code, message: `It is refused: ${code}.` } });
}
