import { describe, expect, it } from 'vitest';
import { whyNoPostgres } from '../postgres/binaries.ts';
import { AROUND_SUBMITTING, type CrashPoint } from './crash-points.ts';
import { type End, runChaos } from './run.ts';

const POINTS: CrashPoint[] = ['beforeCommit', 'afterCommit', 'afterAnswer'];

describe('an assistant that is killed', () => {
  it('at named points around its commits, loses nothing acknowledged and does nothing twice', async () => {
    const ends: End[] = POINTS.flatMap((point) => [2, 5, 9].map((nth) => ({ point, nth })));
    const result = await runChaos({ seed: 1, conversations: 10, together: 2, ends });
    expect(result.broken).toEqual([]);
    expect(result.crashes).toBeGreaterThanOrEqual(6);
  }, 180_000);

  it.each([
    { how: 'asks Telegram', channel: 'telegram' as const, answer: 'afterSend' as const },
    {
      how: 'is told by Telegram',
      channel: 'telegramWebhook' as const,
      answer: 'afterAnswer' as const,
    },
  ])(
    'while it $how, loses no update and makes no turn twice',
    async ({ channel, answer }) => {
      const points: CrashPoint[] = ['beforeCommit', 'afterCommit', answer];
      const ends: End[] = points.flatMap((point) => [2, 5, 9].map((nth) => ({ point, nth })));
      const result = await runChaos({ seed: 2, channel, conversations: 10, together: 2, ends });
      expect(result.broken).toEqual([]);
      expect(result.crashes).toBeGreaterThanOrEqual(6);
    },
    180_000,
  );

  it('around submitting to a server of its own, makes neither two cases there nor none', async () => {
    const ends: End[] = [1, 2, 1, 1].flatMap((nth) =>
      AROUND_SUBMITTING.map((point) => ({ point, nth })),
    );
    const result = await runChaos({
      seed: 3,
      elsewhere: true,
      conversations: 14,
      together: 2,
      ends,
    });
    expect(result.broken).toEqual([]);
    expect(result.crashes).toBeGreaterThanOrEqual(20);
  }, 300_000);

  it.skipIf(whyNoPostgres() !== null)(
    'as one of two over a PostgreSQL that falls too, loses nothing acknowledged and does nothing twice',
    async () => {
      const ends: End[] = POINTS.flatMap((point) => [3, 7].map((nth) => ({ point, nth })));
      const result = await runChaos({
        engine: 'postgres',
        processes: 2,
        seed: 2,
        conversations: 10,
        together: 3,
        ends,
        serverEndsMs: [6_000],
      });
      expect(result.broken).toEqual([]);
      expect(result.crashes).toBeGreaterThanOrEqual(4);
    },
    180_000,
  );
});
