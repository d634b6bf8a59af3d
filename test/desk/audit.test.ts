import { describe, expect, it } from 'vitest';
import { AuditTrailSchema } from '../../src/desk/wire/audit.ts';
import { codeOf, deskApp, signIn } from './desk-app.ts';
import { caseRow, conversationRow } from './rows.ts';

describe('the audit trail', () => {
  it('tells an admin who looked at what, with names and numbers', async () => {
    const desk = await deskApp();
    desk.store.cases.push(caseRow());
    desk.store.conversations.push(conversationRow());
    desk.store.secrets.set('s1', 'AwAAA');
    const agent = await signIn(desk, 'agent', 'Hoa');
    await agent.post('/cases/c1-f1/sadp-string');
    await agent.post('/conversations/c1/take-over');
    const admin = await signIn(desk, 'admin');
    const { lines, more } = AuditTrailSchema.parse((await admin.get('/audit')).json());
    expect(more).toBe(false);
    expect(lines.map(({ actor, action, about }) => [actor.name, action, about])).toEqual([
      ['An', 'signIn', null],
      ['Hoa', 'conversation.takeOver', { kind: 'conversation', id: 'c1', label: null }],
      ['Hoa', 'sadpString.reveal', { kind: 'case', id: 'c1-f1', label: 'HS-0001' }],
      ['Hoa', 'signIn', null],
    ]);
  });

  it('is read a part at a time, and says when there is more', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    for (let n = 0; n < 10; n++)
      await desk.store.audit({ at: n, actor: 'x', action: 'signIn', subject: 'x' });
    const read = async (limit: number) =>
      AuditTrailSchema.parse((await admin.get(`/audit?limit=${limit}`)).json());
    expect(await read(3)).toMatchObject({ lines: [{ at: 9 }, { at: 8 }, { at: 7 }], more: true });
    expect((await read(11)).more).toBe(false);
    expect(codeOf(await admin.get('/audit?limit=0'))).toBe('badField');
  });

  it('names who is not known by their id, and keeps what it does not know', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    await desk.store.audit({ at: 1, actor: 'gone', action: 'case.decide', subject: 'lost' });
    await desk.store.audit({ at: 2, actor: 'gone', action: 'new.thing', subject: 'x' });
    const { lines } = AuditTrailSchema.parse((await admin.get('/audit')).json());
    expect(lines.slice(0, 2)).toEqual([
      { at: 2, actor: { id: 'gone', name: null }, action: 'new.thing', about: null, detail: null },
      {
        at: 1,
        actor: { id: 'gone', name: null },
        action: 'case.decide',
        about: { kind: 'case', id: 'lost', label: null },
        detail: null,
      },
    ]);
  });

  it.each(['agent', 'viewer'] as const)('is not for %ss', async (role) => {
    const desk = await deskApp();
    const someone = await signIn(desk, role);
    expect(codeOf(await someone.get('/audit'))).toBe('adminsOnly');
  });
});
