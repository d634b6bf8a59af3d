import { describe, expect, it } from 'vitest';
import { NoticesSchema, OfficeSchema, PreviewSchema } from '../../src/desk/wire/office.ts';
import type { Book } from '../../src/office/book.ts';
import type { CaseRow } from '../../src/store/contract.ts';
import { codeOf, type DeskApp, deskApp, signIn } from './desk-app.ts';
import { caseRow, conversationRow, line, NOW } from './rows.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A case that was sent before the day began, with the promise that the book makes of it. */
function nightCase(desk: DeskApp, n: number): void {
  const submittedAt = Date.parse('2026-11-23T18:00:00+07:00');
  const answerBy = Date.parse('2026-11-25T17:30:00+07:00');
  const serial = `D2000000${n}`;
  const ids = { caseId: `c${n}-f1`, number: `HS-000${n}`, conversationId: `c${n}` };
  desk.store.cases.push(caseRow({ serial, submittedAt, answerBy, chatId: `chat-${n}`, ...ids }));
}

function decidedElsewhere(caseId: string): CaseRow {
  const row = caseRow({ caseId });
  return { ...row, draft: { ...row.draft, backend: 'http' } };
}

async function bookOf(admin: Awaited<ReturnType<typeof signIn>>) {
  const { book, version } = OfficeSchema.parse((await admin.get('/office')).json());
  return { book: book as Book, version };
}

describe('the office book at the desk', () => {
  it('is shown to admins with what its calendar lacks from today on', async () => {
    const desk = await deskApp();
    desk.office.book.holidays = desk.office.book.holidays.filter(
      ({ date }) => !['2026-01-01', '2027-04-16'].includes(date),
    );
    desk.office.complaint = 'slaMinutes: too small';
    const admin = await signIn(desk, 'admin');
    const { gaps, complaint, book } = OfficeSchema.parse((await admin.get('/office')).json());
    expect(gaps.missing).toEqual([{ date: '2027-04-16', name: 'Giỗ Tổ Hùng Vương' }]);
    expect(gaps.unofficial.every(({ date }) => date.startsWith('2027'))).toBe(true);
    expect(complaint).toBe('slaMinutes: too small');
    expect(book).toEqual(desk.office.book);
  });

  it('tells how many running promises an edit would move, and moves none', async () => {
    const desk = await deskApp();
    nightCase(desk, 1);
    nightCase(desk, 2);
    desk.store.cases.push(
      caseRow({ caseId: 'asked', status: 'needsInfo' }),
      caseRow({ caseId: 'late', answerBy: NOW - MINUTE }),
      decidedElsewhere('theirs'),
    );
    const admin = await signIn(desk, 'admin');
    const { book } = await bookOf(admin);
    const same = PreviewSchema.parse((await admin.post('/office/preview', { book })).json());
    expect(same).toEqual({ open: 2, moved: [] });
    book.holidays.push({ date: '2026-11-25', name: 'Nghỉ bù' });
    const moved = PreviewSchema.parse((await admin.post('/office/preview', { book })).json());
    expect(moved.open).toBe(2);
    expect(moved.moved.map(({ number, to }) => [number, to])).toEqual([
      ['HS-0001', Date.parse('2026-11-26T17:30:00+07:00')],
      ['HS-0002', Date.parse('2026-11-26T17:30:00+07:00')],
    ]);
    expect(desk.events).toEqual([]);
    expect(desk.office.version).toBe('1');
  });

  it('is saved with a line in the audit trail; promises stay unless they are to be moved', async () => {
    const desk = await deskApp();
    nightCase(desk, 1);
    const admin = await signIn(desk, 'admin');
    const { book, version } = await bookOf(admin);
    book.holidays.push({ date: '2026-11-25', name: 'Nghỉ bù' });
    const kept = await admin.post('/office', { book, version, tell: false });
    expect(kept.json()).toMatchObject({ moved: 0, office: { version: "1'", book } });
    expect(desk.events).toEqual([]);
    expect(desk.office.book.holidays.at(-1)?.name).toBe('Nghỉ bù');
    expect(desk.store.trail.at(-1)).toMatchObject({ action: 'office.save', actor: 'id-An' });

    const again = await bookOf(admin);
    const told = await admin.post('/office', { ...again, tell: true });
    expect(told.json()).toMatchObject({ moved: 1 });
    expect(desk.events).toMatchObject([
      { type: 'promiseMoved', caseId: 'c1-f1', channel: 'web', chatId: 'chat-1' },
    ]);
  });

  it('refuses a wrong book in words that name the part, in both languages', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    const { book, version } = await bookOf(admin);
    const wrong = structuredClone(book);
    wrong.holidays[2] = { date: '2026-02-30', name: 'Tết' };
    const refused = await admin.post('/office', { book: wrong, version, tell: false });
    expect(refused.statusCode).toBe(400);
    expect(refused.json().error.message).toContain('“Ngày lễ” (3) chưa đúng');
    const english = { 'accept-language': 'en' };
    const preview = await admin.post(
      '/office/preview',
      { book: { ...book, slaMinutes: 0 } },
      english,
    );
    expect(preview.json().error.message).toContain('“Answer within (minutes)” is not right');
    const nonsense = await admin.post('/office', { book: 7, version, tell: false }, english);
    expect(nonsense.json().error.message).toContain('“The office book”');
    expect(desk.office.version).toBe('1');
    expect(desk.store.trail.filter(({ action }) => action === 'office.save')).toEqual([]);
  });

  it('keeps earlier terms, and takes no new ones under a version that was agreed to', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    const { book, version } = await bookOf(admin);
    const first = structuredClone(book.terms);
    book.terms.text.vi += ' Thêm một câu.';
    expect(codeOf(await admin.post('/office', { book, version, tell: false }))).toBe('sameTerms');
    book.terms.version = '2';
    expect((await admin.post('/office', { book, version, tell: false })).statusCode).toBe(200);
    expect(desk.office.book.earlierTerms).toEqual([first]);
    const again = await bookOf(admin);
    again.book.terms = first;
    expect(codeOf(await admin.post('/office', { ...again, tell: false }))).toBe('sameTerms');
  });

  it('does not overwrite what somebody else saved meanwhile', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    const { book, version } = await bookOf(admin);
    await admin.post('/office', { book: { ...book, slaMinutes: 20 }, version, tell: false });
    const late = await admin.post('/office', {
      book: { ...book, slaMinutes: 30 },
      version,
      tell: false,
    });
    expect(codeOf(late)).toBe('bookChanged');
    expect(desk.office.book.slaMinutes).toBe(20);
  });

  it.each(['agent', 'viewer'] as const)('is not for %ss, save the canned replies', async (role) => {
    const desk = await deskApp();
    const someone = await signIn(desk, role);
    expect(codeOf(await someone.get('/office'))).toBe('adminsOnly');
    const body = { book: desk.office.book, version: '1', tell: false };
    const refused = codeOf(await someone.post('/office', body));
    expect(refused).toBe(role === 'agent' ? 'adminsOnly' : 'viewerReads');
    const { replies } = (await someone.get('/canned-replies')).json();
    expect(replies).toEqual(desk.office.book.cannedReplies);
  });
});

describe('notices', () => {
  it('name what waits, the most urgent first, and go when it is seen to', async () => {
    const desk = await deskApp();
    for (const n of [1, 2, 3, 4]) nightCase(desk, n);
    const target = desk.store.cases[0]?.draft.promise.internalTarget ?? 0;
    const of = (kind: 'nudge' | 'escalation', n: number, more = {}) => ({
      key: `${kind}:${n}`,
      kind,
      at: NOW - MINUTE,
      caseId: `c${n}-f1`,
      data: { target, ...more },
    });
    const plain = { at: NOW - HOUR, caseId: null };
    desk.store.noted.push(
      of('nudge', 1),
      of('nudge', 2),
      of('escalation', 2),
      of('escalation', 3),
      // Sent again since then: it has another target now.
      of('escalation', 4, { target: target - 1 }),
      {
        key: 'digest:1',
        kind: 'digest',
        ...plain,
        at: NOW - 11 * HOUR,
        data: { waiting: 4, target },
      },
      { key: 'summary:1', kind: 'summary', ...plain, data: { sent: 4 } },
    );
    const keys = async (who: Awaited<ReturnType<typeof signIn>>) =>
      NoticesSchema.parse((await who.get('/notices')).json()).notices.map(({ key }) => key);
    const agent = await signIn(desk, 'agent', 'Hoa');
    expect(await keys(agent)).toEqual(['escalation:2', 'escalation:3', 'nudge:1', 'digest:1']);
    const put = (at: number, status: 'inReview' | 'unbound') => {
      const row = desk.store.cases[at];
      if (row) desk.store.cases[at] = { ...row, status };
    };
    put(0, 'inReview');
    put(1, 'unbound');
    put(2, 'inReview');
    expect(await keys(agent)).toEqual(['escalation:3', 'digest:1']);
    const admin = await signIn(desk, 'admin');
    expect(await keys(admin)).toEqual(['escalation:3', 'digest:1', 'summary:1']);
    desk.clock.now += 2 * HOUR;
    expect(await keys(agent)).toEqual(['escalation:3']);
  });
});

describe('a person’s data', () => {
  it('is exported by an admin, recorded, without the text of the SADP string', async () => {
    const desk = await deskApp();
    desk.store.conversations.push(conversationRow());
    desk.store.cases.push(caseRow());
    desk.store.secrets.set('s1', 'AwAAA-secret');
    for (let id = 1; id <= 700; id += 1) desk.store.lines.push(line(id));
    const admin = await signIn(desk, 'admin');
    const exported = (await admin.post('/conversations/c1/export')).json();
    expect(exported.cases).toMatchObject([
      { number: 'HS-0001', serial: 'D12345678', sadpString: true },
    ]);
    expect(exported.conversation).toHaveLength(700);
    expect(JSON.stringify(exported)).not.toContain('AwAAA');
    expect(desk.store.trail.at(-1)).toMatchObject({ action: 'conversation.export', subject: 'c1' });
    const agent = await signIn(desk, 'agent', 'Hoa');
    expect(codeOf(await agent.post('/conversations/c1/export'))).toBe('adminsOnly');
    expect(codeOf(await admin.post('/conversations/none/export'))).toBe('noConversation');
  });
});
