import { describe, expect, it } from 'vitest';
import { TokensSchema } from '../../src/desk/wire/tokens.ts';
import { codeOf, deskApp, signIn } from './desk-app.ts';

const wanted = { name: 'report', scopes: ['cases:read'], days: 30 };

describe('tokens of programs', () => {
  it('are made and dropped by an admin, shown once, and written down', async () => {
    const desk = await deskApp();
    const admin = await signIn(desk, 'admin');
    const { token } = (await admin.post('/tokens', wanted)).json();
    expect(token).toMatch(/^unbind_[\w-]{43}$/);
    expect(codeOf(await admin.post('/tokens', wanted))).toBe('tokenTaken');
    const listed = await admin.get('/tokens');
    const { tokens } = TokensSchema.parse(listed.json());
    expect(tokens).toMatchObject([{ name: 'report', scopes: ['cases:read'], createdBy: 'An' }]);
    expect(listed.body).not.toContain('tokenHash');
    expect(JSON.stringify(desk.store.tokens) + desk.logged()).not.toContain(token.slice(7));
    expect((await admin.post('/tokens/report/drop')).statusCode).toBe(200);
    expect(codeOf(await admin.post('/tokens/report/drop'))).toBe('noToken');
    const actions = desk.store.trail.map(({ action, subject }) => `${action} ${subject}`);
    expect(actions).toEqual(expect.arrayContaining(['token.create report', 'token.drop report']));
  });

  it('have a known scope and a plain name', async () => {
    const admin = await signIn(await deskApp(), 'admin');
    for (const change of [
      { scopes: ['everything'] },
      { scopes: [] },
      { name: 'a b' },
      { days: 0 },
    ]) {
      expect(codeOf(await admin.post('/tokens', { ...wanted, ...change }))).toBe('badField');
    }
  });

  it('are no business of agents', async () => {
    const agent = await signIn(await deskApp(), 'agent');
    expect(codeOf(await agent.post('/tokens', wanted))).toBe('adminsOnly');
    expect(codeOf(await agent.get('/tokens'))).toBe('adminsOnly');
  });
});
