import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 12_000;

/** What `look` finds, once it finds something. */
export async function waitedFor<T>(look: () => T | undefined, what: () => string): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > until) throw new Error(`never got ${what()}`);
    await sleep(20);
  }
}
