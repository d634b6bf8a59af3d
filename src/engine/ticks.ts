import type { Logger } from 'pino';
import type { Store } from '../store/contract.ts';
import { cautious } from './cautious.ts';
import type { Intake } from './intake.ts';
import { every, steadily } from './steadily.ts';
import type { Worker } from './worker.ts';

const SECOND_MS = 1_000;
const EVERY_HOUR = '17 * * * *';
const MINUTE_MS = 60_000;
const MOST_TIMERS = 200;

export interface TickOptions {
  store: Pick<Store, 'dueTimers' | 'sweep' | 'takeTick'>;
  intake: Pick<Intake, 'accept' | 'probe' | 'doubt' | 'healthy'>;
  worker: Pick<Worker, 'sweep'>;
  /** Looks whether something is worth an operator's attention. */
  watch: () => void;
  log: Pick<Logger, 'error'>;
  now: () => number;
}

/**
 * Fires the timers that are due, as events of their conversations. The event's id is the timer's
 * and its time's, so that a timer fires once however often this runs; the turn's commit removes it.
 */
async function fireTimers({ store, intake, now }: TickOptions): Promise<void> {
  const at = now();
  const due = await store.dueTimers(at, MOST_TIMERS);
  const fired = due.map(({ timerId, dueAt, timer, channel, chatId }) =>
    intake.accept({
      eventId: `timer:${timerId}:${dueAt}`,
      at: Math.max(at, dueAt),
      channel,
      chatId,
      type: 'timerFired',
      timer,
    }),
  );
  await Promise.allSettled(fired);
}

/** Looks every second for what is due. Due times live in the store, so nothing is forgotten by a stop. */
export function startTicks(options: TickOptions): { stop(): Promise<void> } {
  const { store, intake, worker, watch, log, now } = options;
  const look = async () => {
    try {
      watch();
      await intake.probe();
      if (!intake.healthy) return;
      await worker.sweep();
      await fireTimers(options);
    } catch (error) {
      intake.doubt(error);
    }
  };
  const long = cautious(now);
  const tidy = async () => {
    try {
      // Of all processes one is enough, whichever clock is ahead.
      const at = Math.floor(now() / MINUTE_MS) * MINUTE_MS;
      if (await store.takeTick('tidy', at)) await store.sweep(long());
    } catch (error) {
      log.error({ err: error }, 'tidying up failed');
    }
  };
  const tasks = [every(SECOND_MS, look), steadily(EVERY_HOUR, tidy)];
  return {
    stop: async () => {
      for (const task of tasks) await task.stop();
    },
  };
}
