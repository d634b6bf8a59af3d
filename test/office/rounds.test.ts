import fc from 'fast-check';
import { pino } from 'pino';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CaseStatus } from '../../src/domain/case.ts';
import { promise } from '../../src/domain/promise.ts';
import type { Book } from '../../src/office/book.ts';
import { defaultBook } from '../../src/office/defaults.ts';
import { snapshotOf } from '../../src/office/office-book.ts';
import { createRounds, type Rounds } from '../../src/office/rounds.ts';
import type { NoticeRow, Store } from '../../src/store/contract.ts';
import { local } from '../domain/office.ts';
import { makeSqlitePlace } from '../store/place.ts';
import { deciding, draft, text } from '../store/turns.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** An office over a real store, with a clock that the test moves, and several processes. */
class Office {
  readonly book: Book = defaultBook();
  readonly logged: string[] = [];
  readonly told: string[] = [];
  now = 0;
  store!: Store;
  #cases = 0;

  static async open(at: string): Promise<Office> {
    const office = new Office();
    const place = await makeSqlitePlace();
    office.store = await place.open();
    office.now = local(at);
    onTestFinished(async () => {
      await office.store.close();
      await place.remove();
    });
    return office;
  }

  /** A process: what it knows is its own. */
  process(): Rounds {
    const log = pino({ level: 'info' }, { write: (line: string) => void this.logged.push(line) });
    return createRounds({
      store: this.store,
      office: {
        snapshot: () => snapshotOf(this.book),
        current: () => ({ book: this.book, version: '1', complaint: null }),
      },
      tell: (conversationId) => void this.told.push(conversationId),
      log,
      now: () => this.now,
    });
  }

  async sends(at: string, backend: 'desk' | 'http' = 'desk'): Promise<string> {
    this.#cases += 1;
    const sent = local(at);
    const [outcome] = await this.store.commit([text(`chat-${this.#cases}`)], deciding(), []);
    const caseId = `case-${this.#cases}`;
    const made = promise(snapshotOf(this.book).calendar, sent, this.book.slaMinutes);
    const more = { submittedAt: sent, promise: made, backend };
    await this.store.openCase({
      conversationId: outcome?.conversationId ?? '',
      draft: draft(caseId, `D1000000${this.#cases}`, more),
    });
    return caseId;
  }

  async becomes(caseId: string, status: CaseStatus, at: string): Promise<void> {
    const row = await this.store.caseById(caseId);
    if (!row) throw new Error('There is no such case.');
    const change = { caseId, revision: row.revision + 1, status, reason: null, note: null };
    const effects = [{ kind: 'changeCase' as const, ...change, by: 'Lan' }];
    const event = { ...text(row.chatId), at: local(at) };
    await this.store.commit([event], deciding({ effects }), []);
  }

  async kept(): Promise<NoticeRow[]> {
    return (await this.store.notices(0, 1000)).toReversed();
  }
  async kinds(): Promise<string[]> {
    return (await this.kept()).map(({ kind }) => kind);
  }
}

describe('the rounds of the office', () => {
  let office: Office;
  let rounds: Rounds;
  const at = async (time: string) => {
    office.now = local(time);
    await rounds.look();
  };
  beforeEach(async () => {
    office = await Office.open('2026-11-25 09:00');
    rounds = office.process();
  });

  it('call nobody for cases that somebody’s server decides', async () => {
    await office.sends('2026-11-25 07:00', 'http');
    await office.sends('2026-11-25 09:00', 'http');
    await at('2026-11-25 09:05');
    await at('2026-11-25 10:00');
    expect(await office.kinds()).toEqual([]);
    await office.sends('2026-11-25 10:00');
    await at('2026-11-25 10:05');
    expect(await office.kinds()).toEqual(['nudge']);
  });

  it('nudge agents at five minutes and tell of a missed target, each once', async () => {
    await office.sends('2026-11-25 09:00');
    await at('2026-11-25 09:04');
    expect(await office.kinds()).toEqual([]);
    await at('2026-11-25 09:05');
    await at('2026-11-25 09:06');
    expect(await office.kinds()).toEqual(['nudge']);
    await at('2026-11-25 09:11');
    await at('2026-11-25 09:30');
    expect(await office.kinds()).toEqual(['nudge', 'escalation']);
    expect(office.logged.join('')).toContain('UB-000001 is past its target');
    expect(office.told).toHaveLength(2);
  });

  it('say nothing of a case that is taken, asked about or decided in time', async () => {
    const taken = await office.sends('2026-11-25 09:00');
    const asked = await office.sends('2026-11-25 09:00');
    const decided = await office.sends('2026-11-25 09:00');
    await office.becomes(taken, 'inReview', '2026-11-25 09:02');
    await office.becomes(asked, 'needsInfo', '2026-11-25 09:02');
    await office.becomes(decided, 'unbound', '2026-11-25 09:03');
    await at('2026-11-25 09:06');
    expect(await office.kinds()).toEqual([]);
    await at('2026-11-25 09:20');
    const about = (await office.kept()).map(({ kind, caseId }) => [kind, caseId]);
    expect(about).toEqual([['escalation', taken]]);
  });

  it('count the night from the opening, and begin the day with a digest', async () => {
    await office.sends('2026-11-25 20:00');
    await office.sends('2026-11-26 07:00');
    await at('2026-11-26 08:29');
    expect(await office.kinds()).toEqual([]);
    await at('2026-11-26 08:30');
    await office.sends('2026-11-26 08:31');
    await at('2026-11-26 08:34');
    const digest = (await office.kept()).find(({ kind }) => kind === 'digest');
    expect(digest?.data).toEqual({ waiting: 2, target: local('2026-11-26 08:40') });
    await at('2026-11-26 08:35');
    expect((await office.kinds()).filter((kind) => kind === 'nudge')).toHaveLength(2);
  });

  it('make no digest after closing, or of an empty night', async () => {
    await at('2026-11-26 08:30');
    expect(await office.kinds()).toEqual([]);
    await office.sends('2026-11-26 19:00');
    await at('2026-11-26 20:00');
    expect(await office.kinds()).not.toContain('digest');
  });

  it('sum a day up when it ends, and count which promises held', async () => {
    const kept = await office.sends('2026-11-25 09:00');
    const late = await office.sends('2026-11-25 09:00');
    await office.becomes(kept, 'unbound', '2026-11-25 09:08');
    await office.becomes(late, 'rejected', '2026-11-25 09:40');
    await office.sends('2026-11-25 17:29');
    await at('2026-11-25 17:30');
    const summary = (await office.kept()).find(({ kind }) => kind === 'summary');
    expect(summary).toMatchObject({
      key: 'summary:2026-11-25',
      at: local('2026-11-25 17:30'),
      data: { sent: 3, unbound: 1, rejected: 1, kept: 1, late: 1, open: 1, overdue: 0 },
    });
    expect(office.logged.join('')).toContain('"sent":3');
  });

  it('still sum up, after a stop, the day that ended meanwhile, from the end of the one before', async () => {
    await office.sends('2026-11-23 18:00');
    await at('2026-11-26 07:00');
    // The 24th was a holiday: what came since the 23rd closed belongs to the 25th.
    expect(await office.kept()).toMatchObject([
      { kind: 'summary', key: 'summary:2026-11-25', data: { sent: 1, open: 1, overdue: 0 } },
      { kind: 'escalation' },
    ]);
  });

  it('remind operators once a week in December of the holidays that the book lacks', async () => {
    office.book.holidays = office.book.holidays.filter(({ date }) => date < '2027-03-01');
    for (const day of ['11-30', '12-01', '12-02', '12-07', '12-08', '12-31']) {
      await at(`2026-${day} 08:29`);
      await at(`2026-${day} 09:00`);
    }
    const found = (await office.kept()).filter(({ kind }) => kind === 'holidays');
    expect(found.map(({ key }) => key)).toEqual([
      'holidays:2027:1',
      'holidays:2027:2',
      'holidays:2027:5',
    ]);
    expect(found[0]?.data).toEqual({ year: 2027, missing: 6, unofficial: 6 });
    expect(office.logged.join('')).toContain('lacks 6 holidays of 2027');
  });

  it('keep every notice once, with several processes, a clock that jumps, and stops', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            minutes: fc.integer({ min: -900, max: 900 }),
            processes: fc.integer({ min: 1, max: 3 }),
            restart: fc.boolean(),
          }),
          { maxLength: 12 },
        ),
        async (moves) => {
          const here = await Office.open('2026-11-25 17:00');
          await here.sends('2026-11-25 17:00');
          await here.sends('2026-11-25 21:00');
          let processes = [here.process(), here.process(), here.process()];
          for (const { minutes, processes: many, restart } of moves) {
            if (restart) processes = processes.map(() => here.process());
            here.now += minutes * MINUTE;
            await Promise.all(processes.slice(0, many).map((one) => one.look()));
          }
          // Wherever the clock has been, both are late by now.
          here.now = Math.max(here.now, local('2026-11-28 17:00'));
          await Promise.all([1, 2, 3].map(() => here.process().look()));
          const kept = await here.kept();
          const keys = kept.map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
          // Told as often as kept: nobody hears of one twice.
          expect(here.told).toHaveLength(keys.length);
          const escalated = kept.filter(({ kind }) => kind === 'escalation');
          expect(escalated.map(({ caseId }) => caseId).toSorted()).toEqual(['case-1', 'case-2']);
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  it('delete what was kept long enough, and write it into the audit trail', async () => {
    const caseId = await office.sends('2026-11-25 09:00');
    const row = await office.store.caseById(caseId);
    const blobId = await office.store.putBlob(Buffer.from('x'), 'image/jpeg');
    const photos = { ...text(row?.chatId), type: 'photos' as const, blobIds: [blobId] };
    await office.store.commit([photos], deciding(), []);
    office.now += 80 * DAY;
    await office.process().tidy();
    expect(await office.store.auditTrail(10)).toEqual([]);
    office.now += 20 * DAY;
    // To a process that ran meanwhile the clock was set, and by mistake perhaps.
    await rounds.tidy();
    expect(await office.store.auditTrail(10)).toEqual([]);
    await office.process().tidy();
    expect(await office.store.getBlob(blobId)).toBeNull();
    expect(await office.store.auditTrail(10)).toMatchObject([
      {
        actor: 'retention',
        action: 'conversation.expire',
        subject: row?.conversationId,
        detail: '1/0/0',
      },
    ]);
  });
});
