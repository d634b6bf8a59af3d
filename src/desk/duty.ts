import { steadily } from '../engine/steadily.ts';
import type { Store } from '../store/contract.ts';

const EVERY_FIVE_SECONDS = '*/5 * * * * *';

/** Whether there is anybody to ask for. */
export interface Duty {
  /** True also before anybody was let in: then nobody has gone off duty. */
  someone(): boolean;
  /** Looks now instead of at the next tick. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps count of who is on duty, for turns, which cannot wait for a question to the store. */
export async function watchDuty(store: Pick<Store, 'agents' | 'offDuty'>): Promise<Duty> {
  let someone = true;
  const look = async () => {
    const off = new Set(await store.offDuty());
    const working = (await store.agents()).filter(
      ({ role }) => role === 'admin' || role === 'agent',
    );
    someone = working.length === 0 || working.some(({ agentId }) => !off.has(agentId));
  };
  await look();
  // A store that does not answer is said by others; the last answer stands until it does.
  const quietly = () => look().catch(() => undefined);
  const task = steadily(EVERY_FIVE_SECONDS, quietly);
  return {
    someone: () => someone,
    look,
    close: () => task.stop(),
  };
}
