import { describe, expect, it } from 'vitest';
import { beginningOf, figuresOf } from '../../src/desk/figures.ts';
import { csvOf } from '../../src/desk/figures-csv.ts';
import { FiguresSchema } from '../../src/desk/wire/figures.ts';
import type { CaseStatus } from '../../src/domain/case.ts';
import type { CountedCase } from '../../src/store/contract.ts';
import { codeOf, deskApp, signIn } from './desk-app.ts';

const MINUTE = 60_000;
const at = (time: string) => Date.parse(`2026-11-23T${time}:00+07:00`);

function counted(
  sent: string,
  steps: [CaseStatus, string][],
  more: Partial<CountedCase> = {},
): CountedCase {
  const submittedAt = at(sent);
  return {
    caseId: sent,
    number: 'UB-000001',
    channel: 'web',
    language: 'vi',
    submittedAt,
    target: submittedAt + 10 * MINUTE,
    answerBy: submittedAt + 10 * MINUTE,
    steps: [
      { status: 'submitted', at: submittedAt },
      ...steps.map(([status, time]) => ({ status, at: at(time) })),
    ],
    reason: null,
    decidedBy: null,
    human: false,
    rating: null,
    ...more,
  };
}

describe('the figures', () => {
  it('measure in working hours from the sending, at night from the opening', () => {
    const night = counted('05:00', [['unbound', '08:36']], {
      target: at('08:40'),
      answerBy: at('17:30'),
    });
    const early = counted('06:00', [['unbound', '07:00']], {
      target: at('08:40'),
      answerBy: at('17:30'),
    });
    const day = counted('09:00', [
      ['inReview', '09:03'],
      ['unbound', '09:12'],
    ]);
    const figures = figuresOf([night, early, day, counted('10:00', [])], 10);
    expect(figures).toMatchObject({ sent: 4, decided: 3, kept: 2 });
    expect(figures.decision).toMatchObject({ median: 6, ninety: 12 });
    expect(figures.decision.buckets.map(({ count }) => count)).toEqual([1, 0, 1, 1, 0, 0]);
    expect(figures.firstAnswer.median).toBe(3);
    expect(figures.hours[5]).toBe(1);
    expect(figures.hours[10]).toBe(1);
  });

  it('count refusals by reason, channels, what went without a human, and ratings', () => {
    const refused = { reason: 'photoUnreadable' as const, human: true, rating: 1 };
    const figures = figuresOf(
      [
        counted('09:00', [['rejected', '09:05']], refused),
        counted('09:01', [['rejected', '09:05']], { ...refused, channel: 'telegram' }),
        counted('09:02', [['unbound', '09:05']], { rating: 3 }),
      ],
      10,
    );
    expect(figures.reasons).toEqual([{ reason: 'photoUnreadable', count: 2 }]);
    expect(figures.channels).toEqual([
      { channel: 'web', count: 2 },
      { channel: 'telegram', count: 1 },
    ]);
    expect(figures).toMatchObject({ alone: 1, ratings: { count: 3, average: 1.7 } });
  });

  it('are empty without cases', () => {
    const none = figuresOf([], 10);
    expect(none.decision).toMatchObject({ median: null, ninety: null });
    expect(FiguresSchema.safeParse(none).success).toBe(true);
  });

  it('are exported as a table that no spreadsheet runs', () => {
    const csv = csvOf([counted('09:00', [['unbound', '09:04']], { decidedBy: '=1+1, "x"' })], 10);
    const [head, line] = csv.split('\r\n');
    expect(head).toContain('minutesToDecision');
    expect(line).toBe(
      'UB-000001,web,vi,2026-11-23T02:00:00.000Z,2026-11-23T02:10:00.000Z,unbound,,"\'=1+1, ""x""",4,4,no,',
    );
  });

  it('are read by everybody at the desk, and exported by agents, on record', async () => {
    const desk = await deskApp();
    desk.store.counted.push(counted('00:00', []), counted('23:59', []));
    const viewer = await signIn(desk, 'viewer', 'Vy');
    const read = await viewer.get('/figures?from=2026-11-23&to=2026-11-23');
    expect(FiguresSchema.parse(read.json()).sent).toBe(2);
    const before = await viewer.get('/figures?from=2026-11-22&to=2026-11-22');
    expect(FiguresSchema.parse(before.json()).sent).toBe(0);
    expect((await viewer.get('/figures?from=2026-11-23&to=2026-11-22')).statusCode).toBe(400);
    const days = { from: '2026-11-23', to: '2026-11-23' };
    expect(codeOf(await viewer.post('/figures/csv', days))).toBe('viewerReads');
    const agent = await signIn(desk);
    const saved = await agent.post('/figures/csv', days);
    expect(saved.headers['content-type']).toContain('text/csv');
    expect(saved.body.split('\r\n')).toHaveLength(4);
    expect(desk.store.trail.at(-1)).toMatchObject({ action: 'figures.export', detail: '2' });
  });

  it('know when a day of Vietnam begins', () => {
    expect(beginningOf('2026-11-24')).toBe(Date.parse('2026-11-24T00:00:00+07:00'));
  });
});
