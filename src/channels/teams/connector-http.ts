import type { ConnectorClientOptions } from 'botframework-connector';

export type ConnectorHttp = NonNullable<ConnectorClientOptions['httpClient']>;
type Request = Parameters<ConnectorHttp['sendRequest']>[0];

/** Teams did not do what it was asked. Holds no address and nothing of what was to be sent. */
export class ConnectorError extends Error {
  /** Null when there was no answer. */
  readonly status: number | null;
  /** Teams' own word for it, such as MessageWritesBlocked; or the system's, such as ECONNREFUSED. */
  readonly code: string;
  /** Milliseconds that Teams asks to wait. */
  readonly waitMs: number | null;

  constructor(status: number | null, code: string, waitMs: number | null = null) {
    super(
      status === null ? `no answer from Teams (${code})` : `Teams answered ${status} (${code})`,
    );
    this.name = 'ConnectorError';
    this.status = status;
    this.code = code;
    this.waitMs = waitMs;
  }
}

/**
 * The SDK's way out. Its own would repeat a call three times over some six seconds, also one that
 * broke off after Teams had taken it. Here every call is made once and ends in time; the outbox
 * repeats, by conversation. The SDK's retries pass an error of another class on as it is.
 */
export function connectorHttp(patience: number): ConnectorHttp {
  return {
    async sendRequest(request) {
      const response = await ask(request, patience);
      const text = await response.text().catch((error: unknown) => {
        throw new ConnectorError(null, nameOf(error));
      });
      if (!response.ok) throw refusalOf(response, text);
      const headers = request.headers.clone();
      headers.set('content-type', response.headers.get('content-type') ?? 'application/json');
      return { request, status: response.status, headers, bodyAsText: text };
    },
  };
}

async function ask(request: Request, patience: number): Promise<Response> {
  const { url, method, headers, body } = request;
  try {
    return await fetch(url, {
      method,
      headers: headers.headersArray().map(({ name, value }): [string, string] => [name, value]),
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
  } catch (error) {
    throw new ConnectorError(null, nameOf(error));
  }
}

/** `fetch` puts what the system said into the cause. */
function nameOf(error: unknown): string {
  const cause =
    error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  if (typeof cause?.code === 'string') return cause.code;
  return error instanceof Error ? error.name : 'error';
}

function refusalOf({ status, headers }: Response, text: string): ConnectorError {
  const code = /"code"\s*:\s*"(\w{1,60})"/.exec(text)?.[1] ?? 'no code';
  return new ConnectorError(status, code, waitOf(headers.get('retry-after')));
}

/** Seconds, or a date. */
export function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,6}(\.\d+)?$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? null : Math.max(0, until - Date.now());
}
