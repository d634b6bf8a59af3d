import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { LanScan } from '../domain/lan-scan.ts';

const PATIENCE_MS = 15_000;
/** Pauses before each further try. */
const PAUSES_MS = [1_000, 3_000];

const RefusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export type Sent =
  | { as: 'sent' }
  /** The assistant's own sentence, in the language asked for. */
  | { as: 'refused'; code: string; why: string }
  /** Nobody answers there. */
  | { as: 'unreachable' };

export interface SendOptions {
  server: string;
  code: string;
  language: 'vi' | 'en';
  fetch?: typeof fetch;
  pausesMs?: readonly number[];
}

/**
 * Hands a scan to the assistant by a pairing code. Tried again while nobody answers: the scan's id
 * keeps it from counting twice.
 */
export async function sendScan(scan: LanScan, options: SendOptions): Promise<Sent> {
  for (const pause of options.pausesMs ?? PAUSES_MS) {
    const sent = await tryOnce(scan, options);
    if (sent.as !== 'unreachable') return sent;
    await wait(pause);
  }
  return tryOnce(scan, options);
}

async function tryOnce(
  scan: LanScan,
  { server, code, language, fetch: request = fetch }: SendOptions,
): Promise<Sent> {
  try {
    const response = await request(`${server}/api/lan/devices`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify({ code, scan }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return { as: 'sent' };
    const refusal = RefusalSchema.safeParse(await response.json().catch(() => null));
    // A proxy that has lost the assistant answers in words of its own.
    if (!refusal.success || response.status >= 500) return { as: 'unreachable' };
    return { as: 'refused', code: refusal.data.error.code, why: refusal.data.error.message };
  } catch {
    return { as: 'unreachable' };
  }
}
