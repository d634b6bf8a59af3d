import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The `X-ZEvent-Signature` that Zalo writes for a body: plain SHA-256 over the app's id, the bytes
 * as they came, the body's own `timestamp` and the OA Secret Key (not the app's secret).
 */
export function signatureOf(
  raw: Uint8Array,
  timestamp: string,
  { appId, secretKey }: { appId: string; secretKey: string },
): string {
  const hash = createHash('sha256').update(appId).update(raw).update(timestamp).update(secretKey);
  return `mac=${hash.digest('hex')}`;
}

/** Compared in constant time, whatever the lengths. */
export function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
