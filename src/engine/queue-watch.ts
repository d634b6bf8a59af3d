import type { Logger } from 'pino';
import type { PhotoQueue } from '../evidence/contract.ts';

export type PhotoLoad = ReturnType<PhotoQueue['load']>;

/** From here on somebody waits noticeably: a photo takes about a second, and a person's patience a minute. */
const LONG = { waiting: 16, oldestMs: 15_000 };
const AGAIN_MS = 60_000;

/** Tells operators, at most once a minute, that photos wait long, and that they no longer do. */
export function createQueueWatch(options: {
  load: () => PhotoLoad;
  log: Pick<Logger, 'warn' | 'info'>;
  now: () => number;
}): () => void {
  const { load, log, now } = options;
  let toldAt: number | null = null;
  return () => {
    const { waiting, people, oldestMs } = load();
    const long = waiting >= LONG.waiting || oldestMs >= LONG.oldestMs;
    if (!long) {
      if (toldAt !== null) log.info('photos are read without a long wait again');
      toldAt = null;
      return;
    }
    if (toldAt !== null && now() - toldAt < AGAIN_MS) return;
    toldAt = now();
    log.warn({ waiting, people, oldestMs }, 'photos wait long to be read');
  };
}
