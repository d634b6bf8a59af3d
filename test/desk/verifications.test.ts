import { describe, expect, it } from 'vitest';
import { VerificationsSchema } from '../../src/desk/wire/verification.ts';
import type { AgentRow, VerificationRow } from '../../src/store/contract.ts';
import { type DeskApp, deskApp, signIn } from './desk-app.ts';
import { conversationRow, NOW } from './rows.ts';

function verificationRow(applicationId: string): VerificationRow {
  return {
    conversationId: 'c1',
    channel: 'web',
    chatId: 'chat-1',
    accountId: 'a1',
    language: 'vi',
    application: {
      applicationId,
      company: 'Công ty TNHH Camera An Bình',
      taxCode: '0100112437',
      phone: '+84912345678',
      blobIds: ['licence'],
      submittedAt: NOW,
    },
    status: 'waiting',
    decidedAt: null,
    decidedBy: null,
    reason: null,
  };
}

async function deskWithCompany(role: AgentRow['role'] = 'agent') {
  const desk = await deskApp();
  desk.store.conversations.push(
    conversationRow(),
    conversationRow({ conversationId: 'c2', chatId: 'chat-2', channel: 'telegram' }),
  );
  desk.store.verifications.push(verificationRow('v1'));
  return { desk, agent: await signIn(desk, role) };
}

const AT = '/verifications/v1/decision';
const told = (desk: DeskApp) =>
  desk.events.map(({ chatId, ...event }) => [chatId, 'verified' in event && event.verified]);

describe('companies that want to be verified, at the desk', () => {
  it('are shown with all that an agent has to compare', async () => {
    const { agent } = await deskWithCompany('viewer');
    const shown = VerificationsSchema.parse((await agent.get('/verifications')).json());
    expect(shown.verifications).toEqual([
      {
        applicationId: 'v1',
        conversationId: 'c1',
        channel: 'web',
        company: 'Công ty TNHH Camera An Bình',
        taxCode: '0100112437',
        phone: '+84912345678',
        blobIds: ['licence'],
        submittedAt: NOW,
        decidedHere: true,
      },
    ]);
  });

  it('once approved are verified in every chat of their account, and wait no more', async () => {
    const { desk, agent } = await deskWithCompany();
    expect((await agent.post(AT, { status: 'approved' })).statusCode).toBe(200);
    expect(desk.store.conversations.map((row) => row.accountVerified)).toEqual([true, true]);
    expect(told(desk)).toEqual([
      ['chat-1', true],
      ['chat-2', true],
    ]);
    expect((await agent.get('/verifications')).json()).toEqual({ verifications: [] });
    expect(desk.store.trail.at(-1)).toMatchObject({
      actor: 'id-An',
      action: 'verification.decide',
      subject: 'v1',
      detail: 'approved',
    });
  });

  it('once refused hear why and what to mend, in the chat that applied', async () => {
    const { desk, agent } = await deskWithCompany();
    const refused = { status: 'refused', reason: ' Ảnh mờ ', reopen: ['licence'] };
    expect((await agent.post(AT, refused)).statusCode).toBe(200);
    expect(desk.events).toMatchObject([
      {
        chatId: 'chat-1',
        type: 'accountChanged',
        verified: false,
        refused: { reason: 'Ảnh mờ', reopen: ['licence'] },
      },
    ]);
    expect(desk.store.conversations[0]?.accountVerified).toBe(false);
    // What a company is told stays out of the audit trail.
    expect(desk.store.trail.at(-1)).toMatchObject({ detail: 'refused' });
  });

  it('are not refused without a word, nor decided by two, nor by a viewer', async () => {
    const { desk, agent } = await deskWithCompany();
    const codeOf = async (path: string, body: object, who = agent) =>
      (await who.post(path, body)).json<{ error: { code: string } }>().error.code;
    expect(await codeOf(AT, { status: 'refused', reason: '  ' })).toBe('reasonNeeded');
    const viewer = await signIn(desk, 'viewer', 'Vy');
    expect(await codeOf(AT, { status: 'approved' }, viewer)).toBe('viewerReads');
    const other = await signIn(desk, 'agent', 'Bo');
    await agent.post(AT, { status: 'approved' });
    expect(await codeOf(AT, { status: 'refused', reason: 'Sai tên' }, other)).toBe(
      'changedMeanwhile',
    );
    expect(await codeOf('/verifications/none/decision', { status: 'approved' })).toBe(
      'changedMeanwhile',
    );
    expect(desk.store.conversations[0]?.accountVerified).toBe(true);
  });

  it('are shown but not decided where somebody’s server does', async () => {
    const { desk, agent } = await deskWithCompany();
    const [row] = desk.store.verifications;
    if (row) row.application.backend = 'http';
    const shown = VerificationsSchema.parse((await agent.get('/verifications')).json());
    expect(shown.verifications).toMatchObject([{ applicationId: 'v1', decidedHere: false }]);
    const answer = await agent.post(AT, { status: 'approved' });
    expect(answer.statusCode).toBe(409);
    expect(answer.json<{ error: { code: string } }>().error.code).toBe('decidedElsewhere');
    expect(desk.events).toEqual([]);
  });

  it('are not lost where a turn could not be kept: the same decision again finishes it', async () => {
    const { desk, agent } = await deskWithCompany();
    const { setVerified } = desk.store;
    desk.store.setVerified = () => Promise.reject(new Error('database is locked'));
    expect((await agent.post(AT, { status: 'approved' })).statusCode).toBe(503);
    desk.store.setVerified = setVerified;
    expect((await agent.post(AT, { status: 'approved' })).statusCode).toBe(200);
    expect(desk.store.conversations[0]?.accountVerified).toBe(true);
    expect(told(desk)).toHaveLength(2);
  });
});
