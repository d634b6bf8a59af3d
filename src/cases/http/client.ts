import { type LateFile, multipart } from './multipart.ts';
import { type CaseState, CaseStateSchema, type Submission } from './schemas.ts';

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

  async function read(response: Response): Promise<CaseState> {
    const { status } = response;
    if (!response.ok) {
      await response.body?.cancel().catch(() => undefined);
      if (REFUSED.includes(status)) throw new BackendRefusedError(status);
      throw new BackendDownError(
        `the case server answered with status ${status}`,
        retryAtOf(response.headers.get('retry-after'), now()),
      );
    }
    const parsed = CaseStateSchema.safeParse(await json(response));
    if (parsed.success) return parsed.data;
    const field = parsed.error.issues[0]?.path.join('.') || 'the whole';
    throw new BackendDownError(`the case server's answer is not as agreed: see ${field}`);
  }

  async function readKnown(response: Response): Promise<CaseState | null> {
    if (response.status !== 404) return read(response);
    await response.body?.cancel().catch(() => undefined);
    return null;
  }

  const pathOf = (caseId: string) => `/cases/${encodeURIComponent(caseId)}`;
  return {
    async submit(key, submission, photos) {
      const { contentType, body } = multipart({ part: 'case', value: submission }, photos);
      const headers = { 'content-type': contentType, 'idempotency-key': key };
      const init = { method: 'POST', headers, body, duplex: 'half' } as const;
      return read(await ask('/cases', init, SUBMIT_WITHIN_MS));
    },
    state: async (caseId) => readKnown(await ask(pathOf(caseId), {}, ANSWER_WITHIN_MS)),
    cancel: async (caseId) =>
      readKnown(await ask(`${pathOf(caseId)}/cancel`, { method: 'POST' }, ANSWER_WITHIN_MS)),
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
