import type { z } from 'zod';
import { type LateFile, type Multipart, multipart } from './multipart.ts';
import {
  type ApplicationSubmission,
  type CaseState,
  CaseStateSchema,
  type Submission,
  type VerificationState,
  VerificationStateSchema,
} from './schemas.ts';

/** A server that streams ten photos into a slow disk may take its time. */
const SUBMIT_WITHIN_MS = 60_000;
const ANSWER_WITHIN_MS = 10_000;
/** A case's state has some hundred bytes. */
const MOST_ANSWERED = 64 * 1024;
/** What no repetition mends: the server does not want this submission. */
const REFUSED = [400, 409, 413, 415, 422];

/** It does not answer, or not as agreed. The message is for operators and holds nothing of the case. */
export class BackendDownError extends Error {
  readonly code = 'backendDown';
  /** When it asked to be asked again, epoch ms. */
  readonly retryAt: number | null;

  constructor(message: string, retryAt: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackendDownError';
    this.retryAt = retryAt;
  }
}

/** It answers, and will not take this, however often it is asked. */
export class BackendRefusedError extends Error {
  readonly code = 'backendRefused';
  readonly status: number;

  constructor(status: number) {
    super(`the case server refused the submission with status ${status}`);
    this.name = 'BackendRefusedError';
    this.status = status;
  }
}

export interface ClientOptions {
  /** Without a trailing slash. */
  url: string;
  secret: string;
  now: () => number;
}

/** The other server, as docs/backend.openapi.json describes it. All may throw BackendDownError. */
export interface BackendClient {
  /** @throws BackendRefusedError */
  submit(key: string, submission: Submission, photos: LateFile[]): Promise<CaseState>;
  /** Null for a case that it does not know. */
  state(caseId: string): Promise<CaseState | null>;
  cancel(caseId: string): Promise<CaseState | null>;
  /** @throws BackendRefusedError */
  apply(application: ApplicationSubmission, licence: LateFile[]): Promise<VerificationState>;
  /** Null for an application that it does not know. */
  verification(applicationId: string): Promise<VerificationState | null>;
  withdraw(applicationId: string): Promise<VerificationState | null>;
}

export function createBackendClient({ url, secret, now }: ClientOptions): BackendClient {
  async function ask(path: string, init: RequestInit, within: number): Promise<Response> {
    try {
      return await fetch(`${url}${path}`, {
        ...init,
        headers: { ...init.headers, accept: 'application/json', authorization: `Bearer ${secret}` },
        // The secret and the photos are for this server alone.
        redirect: 'error',
        signal: AbortSignal.timeout(within),
      });
    } catch (cause) {
      throw new BackendDownError('the case server cannot be reached', null, { cause });
    }
  }

  async function read<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
    const { status } = response;
    if (!response.ok) {
      await response.body?.cancel().catch(() => undefined);
      if (REFUSED.includes(status)) throw new BackendRefusedError(status);
      throw new BackendDownError(
        `the case server answered with status ${status}`,
        retryAtOf(response.headers.get('retry-after'), now()),
      );
    }
    const parsed = schema.safeParse(await json(response));
    if (parsed.success) return parsed.data;
    const field = parsed.error.issues[0]?.path.join('.') || 'the whole';
    throw new BackendDownError(`the case server's answer is not as agreed: see ${field}`);
  }

  async function readKnown<T>(response: Response, schema: z.ZodType<T>): Promise<T | null> {
    if (response.status !== 404) return read(response, schema);
    await response.body?.cancel().catch(() => undefined);
    return null;
  }

  async function send(
    path: string,
    key: string,
    { contentType, body }: Multipart,
  ): Promise<Response> {
    const headers = { 'content-type': contentType, 'idempotency-key': key };
    const init = { method: 'POST', headers, body, duplex: 'half' } as const;
    return ask(path, init, SUBMIT_WITHIN_MS);
  }

  const get = (path: string) => ask(path, {}, ANSWER_WITHIN_MS);
  const post = (path: string) => ask(path, { method: 'POST' }, ANSWER_WITHIN_MS);
  const caseAt = (id: string) => `/cases/${encodeURIComponent(id)}`;
  const applicationAt = (id: string) => `/verifications/${encodeURIComponent(id)}`;
  return {
    submit: async (key, value, photos) =>
      read(await send('/cases', key, multipart({ part: 'case', value }, photos)), CaseStateSchema),
    state: async (caseId) => readKnown(await get(caseAt(caseId)), CaseStateSchema),
    cancel: async (caseId) => readKnown(await post(`${caseAt(caseId)}/cancel`), CaseStateSchema),
    async apply(value, licence) {
      const body = multipart({ part: 'verification', value }, licence);
      return read(await send('/verifications', value.applicationId, body), VerificationStateSchema);
    },
    verification: async (id) => readKnown(await get(applicationAt(id)), VerificationStateSchema),
    withdraw: async (id) =>
      readKnown(await post(`${applicationAt(id)}/cancel`), VerificationStateSchema),
  };
}

/** Reads no more than an answer may have; what is not JSON is undefined. */
async function json(response: Response): Promise<unknown> {
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MOST_ANSWERED) return undefined;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw new BackendDownError('the case server broke off its answer', null, { cause });
  }
}

/** Seconds or a date (RFC 9110). */
function retryAtOf(value: string | null, now: number): number | null {
  if (value === null) return null;
  const at = /^\d{1,6}$/.test(value) ? now + Number(value) * 1000 : Date.parse(value);
  return Number.isFinite(at) ? at : null;
}
