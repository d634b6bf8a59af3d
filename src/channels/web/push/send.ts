import { buildPushPayload } from '@block65/webcrypto-web-push';
import type { PushSubscriptionRow } from '../../../store/contract.ts';
import type { WebPushOptions } from '../options.ts';
import type { Notice } from './notice.ts';

/** How long a push service may take to answer. */
const PATIENCE_MS = 15_000;

/** How handing a notification to a push service ended. `gone`: the browser takes no more of them. */
export type Pushed =
  | { as: 'sent' | 'gone' }
  | { as: 'transient'; why: string; at?: number }
  | { as: 'permanent'; why: string };

export interface PushMessage {
  notice: Notice;
  topic: string;
  /** Seconds for which it is worth showing. */
  ttl: number;
  /** Whom a push service may write to: a web address or `mailto:`. */
  subject: string;
}

/** Encrypts a notification for one browser (RFC 8291) and hands it to its push service. Never rejects. */
export async function pushTo(
  options: WebPushOptions,
  { endpoint, keys }: PushSubscriptionRow,
  { notice, topic, ttl, subject }: PushMessage,
  now: number,
): Promise<Pushed> {
  const send = options.fetch ?? fetch;
  try {
    const payload = await buildPushPayload(
      { data: { ...notice }, options: { ttl, topic, urgency: 'high' } },
      { endpoint, keys, expirationTime: null },
      { subject, ...options.keys },
    );
    const response = await send(endpoint, {
      ...payload,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    return pushedOf(response, now);
  } catch (error) {
    // Neither the message nor the cause: both may name the endpoint, which is a secret.
    const why = `the push service did not answer (${error instanceof Error ? error.name : 'error'})`;
    return { as: 'transient', why };
  }
}

function pushedOf({ status, headers }: Response, now: number): Pushed {
  if (status >= 200 && status < 300) return { as: 'sent' };
  if (status === 404 || status === 410) return { as: 'gone' };
  const why = `the push service answered ${status}`;
  if (status !== 429 && status < 500) return { as: 'permanent', why };
  const at = retryAt(headers.get('retry-after'), now);
  return { as: 'transient', why, ...(at === null ? {} : { at }) };
}

/** Seconds or a date, as RFC 9110 has it. */
function retryAt(header: string | null, now: number): number | null {
  if (header === null) return null;
  const at = /^\d+$/.test(header) ? now + Number(header) * 1000 : Date.parse(header);
  return Number.isNaN(at) ? null : at;
}
