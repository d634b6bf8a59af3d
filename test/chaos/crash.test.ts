import { describe, expect, it } from 'vitest';
import type { CrashPoint } from './crash-at.ts';
import { type End, runChaos } from './run.ts';

const POINTS: CrashPoint[] = ['beforeCommit', 'afterCommit', 'afterAnswer'];

describe('an assistant that is killed', () => {
  it('at named points around its commits, loses nothing acknowledged and does nothing twice', async () => {
    const ends: End[] = POINTS.flatMap((point) => [2, 5, 9].map((nth) => ({ point, nth })));
    const result = await runChaos({ seed: 1, conversations: 10, together: 2, ends });
    expect(result.broken).toEqual([]);
    expect(result.crashes).toBeGreaterThanOrEqual(6);
  }, 180_000);

  it('while it talks over Telegram, loses no update and makes no turn twice', async () => {
    const points: CrashPoint[] = ['beforeCommit', 'afterCommit', 'afterSend'];
    const ends: End[] = points.flatMap((point) => [2, 5, 9].map((nth) => ({ point, nth })));
    const channel = 'telegram';
    const result = await runChaos({ seed: 2, channel, conversations: 10, together: 2, ends });
    expect(result.broken).toEqual([]);
    expect(result.crashes).toBeGreaterThanOrEqual(6);
  }, 180_000);
});
