import { describe, expect, it } from 'vitest';
import { caseRow, House } from './house.ts';

describe('GET /api/chat/cases/:caseId', () => {
  it("shows one's own case: number, serial, state, promise, and each step", async () => {
    const house = await House.build();
    const { cookie, chatId } = await house.visit();
    house.cases.push(caseRow(chatId, { status: 'inReview', revision: 2 }));
    house.steps.set('case-1', [
      { status: 'submitted', at: 1_795_000_000_000 },
      { status: 'inReview', at: 1_795_000_060_000 },
    ]);
    const answer = await house.app.inject({ url: '/api/chat/cases/case-1', headers: { cookie } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      caseId: 'case-1',
      number: 'UB-000001',
      serial: 'D12345678',
      status: 'inReview',
      answerBy: 1_795_000_600_000,
      steps: [
        { status: 'submitted', at: 1_795_000_000_000 },
        { status: 'inReview', at: 1_795_000_060_000 },
      ],
      now: 1_795_000_000_000,
    });
  });

  it('gives somebody else’s case the answer of one that never was', async () => {
    const house = await House.build();
    const mine = await house.visit();
    const theirs = await house.visit();
    house.cases.push(caseRow(theirs.chatId));
    const ask = (caseId: string, cookie: string) =>
      house.app.inject({ url: `/api/chat/cases/${caseId}`, headers: { cookie } });
    const answers = [
      await ask('case-1', mine.cookie),
      await ask('case-2', mine.cookie),
      await ask('..%2Fcase', mine.cookie),
    ];
    for (const answer of answers) {
      expect(answer.statusCode).toBe(404);
      expect(answer.json().error.code).toBe('noCase');
    }
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect((await ask('case-1', theirs.cookie)).statusCode).toBe(200);
  });

  it('does not take the same chat id of another channel for the owner', async () => {
    const house = await House.build();
    const { cookie, chatId } = await house.visit();
    house.cases.push(caseRow(chatId, { channel: 'telegram', accountId: 'another' }));
    const answer = await house.app.inject({ url: '/api/chat/cases/case-1', headers: { cookie } });
    expect(answer.statusCode).toBe(404);
  });

  it('shows a case of a messenger that shares the account', async () => {
    const house = await House.build();
    const { cookie, chatId } = await house.visit();
    house.cases.push(caseRow(chatId, { channel: 'telegram', chatId: '42' }));
    const answer = await house.app.inject({ url: '/api/chat/cases/case-1', headers: { cookie } });
    expect(answer.json()).toMatchObject({ number: 'UB-000001' });
  });

  it('asks for a session', async () => {
    const house = await House.build();
    const answer = await house.app.inject({ url: '/api/chat/cases/case-1' });
    expect(answer.statusCode).toBe(401);
  });
});
